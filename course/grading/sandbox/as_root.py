"""Leaves the rights of root, and starts bubblewrap as one of many users that own nothing.

    python -I -S as_root.py FIRST COUNT SOURCE… -- COMMAND…

Run by its path, so that it needs nothing but the standard library. It enters a user namespace of its own in which users
0 to COUNT - 1 are the host's FIRST to FIRST + COUNT - 1, becomes number 0 there (nobody on the host), and runs COMMAND.
Folders of root are out of reach then: the n-th SOURCE is bound to /tmp/n first, in a mount namespace of its own.
"""

import os
import stat
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import kernel  # noqa: E402  (a script: its package is not imported)


def enter_user_namespace(first, count):
    """Moves this process, which is root, into a new user namespace with these users of the host."""
    ready_read, ready_write = os.pipe()
    mapped_read, mapped_write = os.pipe()
    helper = os.fork()
    if not helper:  # only from outside the namespace may more than one user be mapped
        code = 1
        try:
            os.close(ready_write)
            if os.read(ready_read, 1):
                for kind in ("uid", "gid"):
                    with open(f"/proc/{os.getppid()}/{kind}_map", "w") as file:
                        file.write(f"0 {first} {count}")
                os.write(mapped_write, b"x")
                code = 0
        finally:
            os._exit(code)
    os.close(mapped_write)
    os.setgroups([])
    kernel.unshare(kernel.CLONE_NEWUSER | kernel.CLONE_NEWNS)
    os.write(ready_write, b"x")
    if not os.read(mapped_read, 1):
        raise OSError("the user namespace could not be set up")
    os.waitpid(helper, 0)


def look_up(sources):
    """File descriptors of these paths, in this mount namespace."""
    return [os.open(source, os.O_PATH) for source in sources]


def stage(found):
    """Binds what each of these descriptors stands for to /tmp/<its number>, and closes it."""
    kernel.mount(None, "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.mount("tmpfs", "/tmp", "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "mode=755,size=1m")
    for number, descriptor in enumerate(found):
        place = f"/tmp/{number}"
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            os.mkdir(place)
        else:
            os.close(os.open(place, os.O_CREAT | os.O_WRONLY))
        kernel.mount(f"/proc/self/fd/{descriptor}", place, None, kernel.MS_BIND | kernel.MS_REC)
        os.close(descriptor)


def become_nobody():
    os.setresgid(0, 0, 0)
    os.setresuid(0, 0, 0)


def main(first, count, *rest):
    sources, command = rest[: rest.index("--")], rest[rest.index("--") + 1 :]
    os.umask(0o022)
    try:
        kernel.unshare(kernel.CLONE_NEWNS)
    except PermissionError:  # root of a container: it may mount nothing before it has a user namespace of its own
        enter_user_namespace(first, count)
        found = look_up(sources)
        become_nobody()
        stage(found)
    else:
        stage(look_up(sources))  # the host's root reaches everybody's folders
        enter_user_namespace(first, count)
        become_nobody()
    os.execv(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
