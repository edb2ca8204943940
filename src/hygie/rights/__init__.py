"""What a process may still do once it has given up the rest: for processes that read what an attacker may have made.

What comes in: folders that may be read, folders that may be written. What goes out: a process that can open nothing
else, connect to nothing, start nothing, and has no way back. Only Linux has this; where the kernel lacks a part,
`giving.lacking` names it, and whoever reads says so.

Modules: `landlock` (files), `calls` (system calls), `giving` (all of it together, in the right order).

To forbid a system call: a line in `calls.FORBIDDEN` with its number on both machines.
"""
