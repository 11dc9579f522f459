"""The room of evaluators: runs, one run, two runs side by side, a run of `sample` to watch.

A router for `service.api.app.create_app(rooms=...)`; its templates speak through the site's
catalogue. What a run holds was said by texts and by people: it is shown as text.
"""

from eval.room.routes import router

__all__ = ["router"]
