FROM python:3.11-slim
WORKDIR /app
COPY pyproject.toml constraints.txt requirements-nodeps.txt README.md LICENSE ./
COPY pincite pincite
COPY ingest ingest
COPY service service
COPY eval eval
COPY corpora corpora
# torch first and alone: resolved among others it may come with gigabytes for a GPU.
RUN pip install --no-cache-dir torch==2.13.0 -c constraints.txt \
 && pip install --no-cache-dir -e . -c constraints.txt \
 && pip install --no-cache-dir --no-deps -r requirements-nodeps.txt \
 && useradd --create-home pincite && mkdir /data && chown pincite /data
USER pincite
ENTRYPOINT ["pincite"]
