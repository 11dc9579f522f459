"""Work on hostile files in a child process that can be killed: what readers and pages share."""
