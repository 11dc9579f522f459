"""Commands of the command line that the service runs for its pages, each in a child process.

Jobs.start(name, words) > Job: its steps, what it printed or why it failed > Jobs.close()
"""

from service.jobs.jobs import Job, Jobs

__all__ = ["Job", "Jobs"]
