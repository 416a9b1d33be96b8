"""The frames of one sound in a container that FFmpeg has opened, and what their time stamps tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from realtime.audio.flac import frame_position
from realtime.audio.id3 import HEAD, tag_length
from realtime.limits import Limits

JUMP_S = 0.012  # less is a rounded time stamp; the shortest packets that are common last 20 ms
FARTHEST_S = 600.0  # a greater jump is no loss: the stamps are wrong, or begin anew
# Beyond, a header is damaged: a converter would take gigabytes, or make days of sound of a few megabytes.
PLAUSIBLE_HZ = Limits(1_000, 3_000_000)
MOST_ERRORS = 1_000  # of the container in a row
# Each frame has a checksum, which FFmpeg looks at only when it is told to; then a damaged frame is an error.
WITH_CHECKSUMS = {"flac", "tta", "wavpack", "ac3", "eac3"}
STAMPED_BY_SAMPLE = {"mov,mp4,m4a,3gp,3g2,mj2", "mp3", "aac", "flac", "ogg", "ac3", "caf", "tta", "ape", "wv"}
# FFmpeg's decoders of these give nothing for the first packets, and then each frame with the stamp of the next one.
ONE_FRAME_EARLY = {"wmav1", "wmav2"}


def sound_stream(container: Any, index: int | None = None) -> Any:
    """A stream by its index in the container, or the one that a player would choose. Raises IndexError when there is no
    sound."""
    if index is not None:
        return container.streams[index]
    best = container.streams.best("audio")
    return container.streams.audio[0] if best is None else best


def sound_streams(container: Any) -> list[int]:
    """The indices of all, that of the one which a player would choose first. Raises IndexError when there is none."""
    usual = sound_stream(container).index
    return [usual, *(stream.index for stream in container.streams.audio if stream.index != usual)]


def decoded_frames(container: Any, stream: Any, skip_s: float) -> Iterator[Any]:
    """Decoded frames; None where something could not be decoded."""
    import av

    if stream.codec_context.name in WITH_CHECKSUMS:
        stream.codec_context.options = {"err_detect": "crccheck+explode"}
    begin_s: float | None = None
    skip_until_s = 0.0
    for packet in _packets(container, stream):
        if packet is None:
            yield None
            continue
        if begin_s is not None and (_end_s(packet) or skip_until_s) < skip_until_s:
            continue
        try:
            frames = packet.decode()
        except av.FFmpegError:
            yield None
            continue
        for frame in frames:
            if not PLAUSIBLE_HZ.least <= frame.sample_rate <= PLAUSIBLE_HZ.most:
                yield None
                continue
            if begin_s is None and skip_s > 0 and frame.pts is not None:
                begin_s = float(frame.pts * frame.time_base)
                skip_until_s = begin_s + skip_s
            yield frame


def _packets(container: Any, stream: Any) -> Iterator[Any]:
    """The packets of a stream; None where the container is damaged."""
    packets = _all_packets(container, stream)
    return _without_tags(packets) if container.format.name in ("mp3", "aac") else packets


def _without_tags(packets: Iterator[Any]) -> Iterator[Any]:
    """Where files were joined FFmpeg takes a tag for damaged packets, each as long as a frame."""
    tag_end, too_late = 0, 0
    for packet in packets:
        if packet is not None and packet.pos is not None:
            length = tag_length(bytes(packet)[:HEAD])
            tag_end = packet.pos + length if length else tag_end
            if packet.pos < tag_end:
                too_late += packet.duration or 0
                continue
        if packet is not None and packet.pts is not None:
            packet.pts -= too_late
        yield packet


def _all_packets(container: Any, stream: Any) -> Iterator[Any]:
    import av

    errors = 0
    is_flac = stream.codec_context.name == "flac" and container.format.name in ("flac", "ogg")
    info = stream.codec_context.extradata if is_flac else None
    while errors < MOST_ERRORS:
        try:
            for packet in container.demux(stream):
                errors = 0
                if info is not None and (position := frame_position(bytes(packet)[:16], info)) is not None:
                    packet.pts = position
                yield packet
            return
        except av.EOFError:
            return
        except av.FFmpegError:
            errors += 1
            yield None


def _end_s(packet: Any) -> float | None:
    if packet.pts is None or packet.duration is None or packet.time_base is None:
        return None
    return float((packet.pts + packet.duration) * packet.time_base)


def skippable(container: Any, stream: Any, skip_s: float) -> bool:
    """Whether the packets before `skip_s` can be left out: their stamps are exact and go on without a jump."""
    if container.format.name not in STAMPED_BY_SAMPLE or stream.codec_context.name == "aac":
        return False  # AAC fills in noise that depends on all that was decoded before
    due: float | None = None
    begin: float | None = None
    for packet in _packets(container, stream):
        if packet is None:
            return False
        if packet.pts is None:
            continue
        stamp = float(packet.pts * packet.time_base)
        begin = stamp if begin is None else begin
        if due is not None and abs(stamp - due) > JUMP_S:
            return False
        due = _end_s(packet)
        if stamp - begin > skip_s:
            return True
    return False


def lateness_s(container: Any, stream: Any, frame: Any, stamp_s: float | None) -> float:
    """By how much the first frame begins after the picture, or after a beginning that was not decoded, s."""
    begins = [
        float(other.start_time * other.time_base)
        for other in container.streams.video
        if other.start_time is not None and not (other.disposition & other.disposition.attached_pic)
    ]
    if stamp_s is not None and not begins and stream.codec_context.name in ONE_FRAME_EARLY:
        frame_s = float(frame.samples / frame.sample_rate)
        begin_s = float((stream.start_time or 0) * stream.time_base)
        return max(round((stamp_s - begin_s) / frame_s) - 1, 0) * frame_s  # the stamps are whole milliseconds
    if stamp_s is None or not begins:
        return 0.0
    return _plausible(stamp_s - min(begins))


def lost_before_s(stream: Any, stamp_s: float | None, told: bool) -> float:
    """By how much the first frame that could be decoded begins after the stream, s. told: whether FFmpeg knows when it
    begins; else it begins at 0."""
    if stamp_s is None:
        return 0.0
    return _plausible(stamp_s - (float(stream.start_time * stream.time_base) if told and stream.start_time else 0.0))


def _plausible(late_s: float) -> float:
    return late_s if 0 < late_s < FARTHEST_S else 0.0
