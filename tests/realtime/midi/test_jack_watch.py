"""Which of JACK's ports is ours, also beside one that was killed."""

from __future__ import annotations

from types import SimpleNamespace

from realtime.midi.jack_watch import JackWatch

OLD, NEW, OTHER = b"Liszten:Liszten Out", b"Liszten-01:Liszten Out", b"Liszten-02:Liszten Out"


class Server:
    """A JACK server that lists `ports`, and notes what is connected."""

    def __init__(self, *ports: bytes) -> None:
        self.ports = ports
        self.connected: list[tuple[bytes, bytes]] = []

    def watch(self) -> JackWatch:
        """A watch at this server."""
        watch = object.__new__(JackWatch)
        watch.alive, watch._own, watch._client = True, None, 0
        watch._jack = SimpleNamespace(
            jack_get_ports=lambda *_: [*self.ports, None],
            jack_free=lambda _found: None,
            jack_connect=lambda _client, ours, other: self.connected.append((ours, other)),
        )
        return watch


def test_the_only_port_is_ours() -> None:
    """Whatever it is called."""
    server = Server(OLD)
    watch = server.watch()
    assert watch.full_name("Liszten Out") == OLD.decode()
    assert watch.connect("Liszten Out", ["synth:in"], OLD.decode())
    assert server.connected == [(OLD, b"synth:in")]


def test_beside_a_dead_one_ours_is_the_other() -> None:
    """JACK may list the dead one for half a minute; without its name it is not known which is whose."""
    server = Server(OLD, NEW)
    watch = server.watch()
    assert watch.full_name("Liszten Out") == ""
    assert not watch.connect("Liszten Out", ["synth:in"])
    assert watch.connect("Liszten Out", ["synth:in"], OLD.decode())
    assert server.connected == [(NEW, b"synth:in")]
    assert watch.full_name("Liszten Out") == NEW.decode()  # it stays known
    server.ports = (NEW, OTHER)
    assert watch.full_name("Liszten Out") == NEW.decode()


def test_of_three_ports_none_is_known() -> None:
    """Another Liszten runs as well."""
    watch = Server(OLD, NEW, OTHER).watch()
    assert not watch.connect("Liszten Out", ["synth:in"], OLD.decode())
