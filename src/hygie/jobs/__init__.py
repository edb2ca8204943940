"""Work in processes of its own: what is slow is done on all cores.

What comes in: the name of a function of a module, and requests as bytes. What goes out: its answers as bytes, or None
where the process died over a request twice. Requests and answers name files and parts; rows never travel, and nothing
is unpickled. Processes are started anew, never forked; one that dies is started again and asked once more.

A process that is asked within a `Room` gives up its rights before the first request (see `rights`): it opens no file,
so what it is to read is opened here and handed over, and it writes in one folder only.

Modules: `pool` (this side), `child` (the other side).

To do something in a pool: a module-level function from bytes to bytes that raises only where the process cannot go on.
"""
