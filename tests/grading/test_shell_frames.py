"""Frames between the two sides of the sandbox: what goes in comes out, and nothing that is no frame does harm."""

import socket
import struct
import threading
from time import monotonic

import pytest

from course.grading.shell.frames import MOST_DEPTH, MOST_JSON, Channel, Closed, Malformed, TooLarge


@pytest.fixture
def ends():
    """A channel, and the raw socket at its other end."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Channel(ours), theirs


@pytest.fixture
def channels():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Channel(ours), Channel(theirs)


def frame(text, blob=b""):
    return struct.pack("<II", len(text), len(blob)) + text + blob


@pytest.mark.parametrize(
    ("message", "blob"),
    [
        ({"op": "run", "id": 3, "code": "print('ä')\n"}, b""),
        ({"lone": "\ud800", "pair": "\U0001f600"}, b"\x00\xff" * 5),
        ({}, memoryview(b"abcd").cast("B")),
        ({"deep": [[[{"a": None}]]], "x": 1.5}, b"x" * 300_000),
    ],
)
def test_what_is_sent_is_received(channels, message, blob):
    sender, receiver = channels
    thread = threading.Thread(target=sender.send, args=(message, blob))
    thread.start()
    assert receiver.receive(monotonic() + 10) == (message, bytes(blob))
    thread.join()


def test_frames_keep_their_order_and_bounds(channels):
    sender, receiver = channels
    for number in range(5):
        sender.send({"n": number}, b"b" * number)
    assert [receiver.receive(monotonic() + 5) for _ in range(5)] == [({"n": n}, b"b" * n) for n in range(5)]


def test_receive_goes_on_after_its_time_ran_out(ends):
    channel, other = ends
    data = frame(b'{"n": 1}', b"blob")
    for piece in (data[:3], data[3:11], data[11:-1]):
        other.sendall(piece)
        with pytest.raises(TimeoutError):
            channel.receive(monotonic() + 0.01)
    other.sendall(data[-1:])
    assert channel.receive(monotonic() + 5) == ({"n": 1}, b"blob")


def test_send_does_not_wait_for_ever(ends):
    channel, _ = ends
    with pytest.raises(TimeoutError):
        channel.send({}, b"x" * (8 << 20), deadline=monotonic() + 0.05)
    with pytest.raises(Closed):
        channel.send({})


def test_end_of_the_other_side_is_told(ends):
    channel, other = ends
    other.sendall(frame(b"{}")[:9])
    other.close()
    with pytest.raises(Closed):
        channel.receive()
    with pytest.raises(Closed):
        channel.send({}, b"x" * (8 << 20))


@pytest.mark.parametrize("sizes", [(0, 0xFFFFFFFF), (0xFFFFFFFF, 0), (MOST_JSON + 1, 0), (10, 64 << 20)])
def test_large_frames_are_refused_before_they_arrive(ends, sizes):
    channel, other = ends
    other.sendall(struct.pack("<II", *sizes))
    with pytest.raises(TooLarge):
        channel.receive(monotonic() + 5)
    other.sendall(b"{}" * 5)
    with pytest.raises(TooLarge):  # what follows has no meaning any more
        channel.receive(monotonic() + 5)


def test_a_frame_at_the_limit_passes():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        sender, receiver = Channel(ours), Channel(theirs, most_bytes=10)
        sender.send({}, b"x" * 8)
        assert receiver.receive(monotonic() + 5) == ({}, b"x" * 8)
        sender.send({}, b"x" * 9)
        with pytest.raises(TooLarge):
            receiver.receive(monotonic() + 5)


def test_sender_refuses_what_the_receiver_would(channels):
    sender, receiver = channels
    with pytest.raises(TooLarge):
        sender.send({"text": "x" * MOST_JSON})
    with pytest.raises(TooLarge):
        sender.send({}, bytes(64 << 20))
    with pytest.raises(TypeError):
        sender.send({"object": object()})
    sender.send({"still": "whole"})
    assert receiver.receive(monotonic() + 5) == ({"still": "whole"}, b"")


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"3",
        b"null",
        '{"a": "ä"}'.encode(),
        b"\xff\xfe",
        b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a": ' + b"[" * (MOST_DEPTH + 1) + b"]" * (MOST_DEPTH + 1) + b"}",
        b'{"a": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_what_is_no_frame_is_refused(ends, text):
    channel, other = ends
    other.sendall(frame(text))
    with pytest.raises(Malformed):
        channel.receive(monotonic() + 5)


def test_depth_is_allowed_up_to_the_limit(ends):
    channel, other = ends
    other.sendall(frame(b'{"a": ' + b"[" * (MOST_DEPTH - 1) + b"]" * (MOST_DEPTH - 1) + b"}"))
    assert "a" in channel.receive(monotonic() + 5)[0]


def test_threads_send_whole_frames(channels):
    sender, receiver = channels
    threads = [threading.Thread(target=sender.send, args=({"n": n}, bytes([n]) * 200_000)) for n in range(8)]
    for thread in threads:
        thread.start()
    received = [receiver.receive(monotonic() + 20) for _ in threads]
    for thread in threads:
        thread.join()
    assert sorted(message["n"] for message, _ in received) == list(range(8))
    assert all(blob == bytes([message["n"]]) * 200_000 for message, blob in received)
