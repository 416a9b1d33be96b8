<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>liszten</name>
        <message>
            <location filename="../banners.py" />
            <source>"{}" was disconnected.</source>
            <translation>„{}“ wurde getrennt.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Allow it in System Settings › Privacy &amp; Security › Microphone, then try again.</source>
            <translation>Bitte in Systemeinstellungen › Datenschutz &amp; Sicherheit › Mikrofon erlauben und erneut versuchen.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Choose Fast</source>
            <translation>Schnell wählen</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Choose input</source>
            <translation>Eingang wählen</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Choose port</source>
            <translation>Port wählen</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Connect one or choose another input.</source>
            <translation>Schließen Sie eines an oder wählen Sie einen anderen Eingang.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Create one with loopMIDI or Windows MIDI Services, then choose it here.</source>
            <translation>Legen Sie einen mit loopMIDI oder Windows MIDI Services an und wählen Sie ihn hier.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Hide</source>
            <translation>Ausblenden</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Listening has stopped.</source>
            <translation>Liszten hört nicht mehr zu.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Liszten may not use the microphone.</source>
            <translation>Liszten darf das Mikrofon nicht benutzen.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Liszten opens it again as soon as it can.</source>
            <translation>Liszten öffnet ihn wieder, sobald es geht.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Look again</source>
            <translation>Erneut suchen</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Move the microphone closer or raise the gain.</source>
            <translation>Stellen Sie das Mikrofon näher heran oder erhöhen Sie den Pegel.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>No microphone found.</source>
            <translation>Kein Mikrofon gefunden.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>No notes are sent.</source>
            <translation>Es werden keine Noten gesendet.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Open settings</source>
            <translation>Einstellungen öffnen</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Save elsewhere</source>
            <translation>Anderswo speichern</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Some sound was lost. Close other programs or choose Fast.</source>
            <translation>Etwas Klang ging verloren. Schließen Sie andere Programme oder wählen Sie „Schnell“.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>The MIDI port "{}" is gone.</source>
            <translation>Der MIDI-Port „{}“ ist weg.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>The input is distorting.</source>
            <translation>Der Eingang übersteuert.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>The piano is very quiet.</source>
            <translation>Das Klavier ist sehr leise.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>The settings could not be read.</source>
            <translation>Die Einstellungen waren nicht lesbar.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>The take cannot be saved.</source>
            <translation>Die Aufnahme lässt sich nicht speichern.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>This computer cannot keep up.</source>
            <translation>Dieser Computer kommt nicht mit.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Try again</source>
            <translation>Erneut versuchen</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Turn the gain down until the meter stays below −6 dB.</source>
            <translation>Senken Sie den Pegel, bis die Anzeige unter −6 dB bleibt.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Use another input</source>
            <translation>Anderen Eingang nehmen</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Windows has no virtual MIDI port yet.</source>
            <translation>Windows hat noch keinen virtuellen MIDI-Port.</translation>
        </message>
        <message>
            <location filename="../banners.py" />
            <source>Your take is safe. Listening goes on when it is back.</source>
            <translation>Ihre Aufnahme ist sicher. Es geht weiter, sobald er wieder da ist.</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>1 drop-out</source>
            <translation>1 Aussetzer</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Accurate</source>
            <translation>Genau</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Balanced</source>
            <translation>Ausgewogen</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Click to copy this line</source>
            <translation>Klicken, um diese Zeile zu kopieren</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Delay</source>
            <translation>Verzögerung</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Delay: change it in the panel</source>
            <translation>Verzögerung: im Seitenfeld ändern</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Demo recording</source>
            <translation>Demo-Aufnahme</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Fast</source>
            <translation>Schnell</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Full screen</source>
            <translation>Vollbild</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Full screen (F11)</source>
            <translation>Vollbild (F11)</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Keyboard shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Keyboard shortcuts (F1)</source>
            <translation>Tastenkürzel (F1)</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Listen</source>
            <translation>Zuhören</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Listen or pause (Space)</source>
            <translation>Zuhören oder Pause (Leertaste)</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Listening</source>
            <comment>state</comment>
            <translation>Hört zu</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Live</source>
            <translation>Live</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Load {:.0f} %</source>
            <translation>Last {:.0f} %</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>MIDI</source>
            <translation>MIDI</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>MIDI port: change it in the panel</source>
            <translation>MIDI-Port: im Seitenfeld ändern</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Model: {}</source>
            <translation>Modell: {}</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>No MIDI</source>
            <translation>Kein MIDI</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Not listening</source>
            <comment>state</comment>
            <translation>Hört nicht zu</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Notes {}</source>
            <translation>Noten {}</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Pause listening</source>
            <translation>Zuhören unterbrechen</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Paused</source>
            <comment>state</comment>
            <translation>Pause</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Record</source>
            <translation>Aufnehmen</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Record a take (R)</source>
            <translation>Aufnehmen (R)</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Show or fold the panel (P)</source>
            <translation>Seitenfeld zeigen oder einklappen (P)</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Side panel</source>
            <translation>Seitenfeld</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Starting</source>
            <comment>state</comment>
            <translation>Startet</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Stop recording</source>
            <translation>Aufnahme beenden</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Theme</source>
            <translation>Farbschema</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Theme (T)</source>
            <translation>Farbschema (T)</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Voices {}</source>
            <translation>Stimmen {}</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>Waiting for the input</source>
            <comment>state</comment>
            <translation>Wartet auf den Eingang</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>{} drop-outs</source>
            <translation>{} Aussetzer</translation>
        </message>
        <message>
            <location filename="../bars.py" />
            <source>{} · recording</source>
            <translation>{} · läuft</translation>
        </message>
        <message>
            <location filename="../chips.py" />
            <source>Left hand</source>
            <translation>Linke Hand</translation>
        </message>
        <message>
            <location filename="../chips.py" />
            <source>Pedal down</source>
            <translation>Pedal</translation>
        </message>
        <message>
            <location filename="../chips.py" />
            <source>Play your piano — notes appear here.</source>
            <translation>Spielen Sie Klavier – hier erscheinen die Noten.</translation>
        </message>
        <message>
            <location filename="../chips.py" />
            <source>Right hand</source>
            <translation>Rechte Hand</translation>
        </message>
        <message>
            <location filename="../chips.py" />
            <source>{} hidden</source>
            <translation>{} ausgeblendet</translation>
        </message>
        <message>
            <location filename="../chords.py" />
            <source>{} added 9</source>
            <translation>{}-Dur, None</translation>
        </message>
        <message>
            <location filename="../chords.py" />
            <source>{} augmented</source>
            <translation>{} übermäßig</translation>
        </message>
        <message>
            <location filename="../chords.py" />
            <source>{} diminished</source>
            <translation>{} vermindert</translation>
        </message>
        <message>
            <location filename="../chords.py" />
            <source>{} diminished 7</source>
            <translation>{} vermindert, Septime</translation>
        </message>
        <message>
            <location filename="../chords.py" />
            <source>{} dominant 7</source>
            <translation>{} Dominantseptime</translation>
        </message>
        <message>
            <location filename="../chords.py" />
            <source>{} dominant 9</source>
            <translation>{} Dominantnone</translation>
        </message>
        <message>
            <location filename="../chords.py" />
            <source>{} half-diminished 7</source>
            <translation>{} halbvermindert</translation>
        </message>
        <message>
            <location filename="../chords.py" />
            <source>{} major</source>
            <translation>{}-Dur</translation>
        </message>
        <message>
            <location filename="../chords.py" />
            <source>{} major 6</source>
            <translation>{}-Dur, Sexte</translation>
        </message>
        <message>
            <location filename="../chords.py" />
            <source>{} major 7</source>
            <translation>{} große Septime</translation>
        </message>
        <message>
            <location filename="../chords.py" />
            <source>{} minor</source>
            <translation>{}-Moll</translation>
        </message>
        <message>
            <location filename="../chords.py" />
            <source>{} minor 6</source>
            <translation>{}-Moll, Sexte</translation>
        </message>
        <message>
            <location filename="../chords.py" />
            <source>{} minor 7</source>
            <translation>{}-Moll, kleine Septime</translation>
        </message>
        <message>
            <location filename="../chords.py" />
            <source>{} minor major 7</source>
            <translation>{}-Moll, große Septime</translation>
        </message>
        <message>
            <location filename="../chords.py" />
            <source>{} suspended 2</source>
            <translation>{} Sekundvorhalt</translation>
        </message>
        <message>
            <location filename="../chords.py" />
            <source>{} suspended 4</source>
            <translation>{} Quartvorhalt</translation>
        </message>
        <message>
            <location filename="../controls.py" />
            <source>{}: higher</source>
            <translation>{}: höher</translation>
        </message>
        <message>
            <location filename="../controls.py" />
            <source>{}: lower</source>
            <translation>{}: tiefer</translation>
        </message>
        <message>
            <location filename="../curve.py" />
            <source>Fixed {}</source>
            <translation>Fest {}</translation>
        </message>
        <message>
            <location filename="../curve.py" />
            <source>Hard −{}</source>
            <translation>Hart −{}</translation>
        </message>
        <message>
            <location filename="../curve.py" />
            <source>Linear</source>
            <translation>Linear</translation>
        </message>
        <message>
            <location filename="../curve.py" />
            <source>Soft +{}</source>
            <translation>Weich +{}</translation>
        </message>
        <message>
            <location filename="../keys.py" />
            <source>Ctrl+Shift+L</source>
            <translation>Strg+Umschalt+L</translation>
        </message>
        <message>
            <location filename="../keys.py" />
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <location filename="../keys.py" />
            <source>F1 or ?</source>
            <translation>F1 oder ?</translation>
        </message>
        <message>
            <location filename="../keys.py" />
            <source>Space</source>
            <translation>Leertaste</translation>
        </message>
        <message>
            <location filename="../keys.py" />
            <source>close what is open, leave full screen; else silence every note</source>
            <translation>schließt, was offen ist; verlässt das Vollbild; sonst: alle Noten aus</translation>
        </message>
        <message>
            <location filename="../keys.py" />
            <source>colours of the notes</source>
            <translation>Farben der Noten</translation>
        </message>
        <message>
            <location filename="../keys.py" />
            <source>fold the panel</source>
            <translation>Seitenfeld einklappen</translation>
        </message>
        <message>
            <location filename="../keys.py" />
            <source>full screen</source>
            <translation>Vollbild</translation>
        </message>
        <message>
            <location filename="../keys.py" />
            <source>listen or pause</source>
            <translation>zuhören oder Pause</translation>
        </message>
        <message>
            <location filename="../keys.py" />
            <source>note names</source>
            <translation>Notennamen</translation>
        </message>
        <message>
            <location filename="../keys.py" />
            <source>read level and state aloud</source>
            <translation>Pegel und Zustand vorlesen</translation>
        </message>
        <message>
            <location filename="../keys.py" />
            <source>record on or off</source>
            <translation>Aufnahme an oder aus</translation>
        </message>
        <message>
            <location filename="../keys.py" />
            <source>speed of the blocks</source>
            <translation>Tempo der Balken</translation>
        </message>
        <message>
            <location filename="../keys.py" />
            <source>theme</source>
            <translation>Farbschema</translation>
        </message>
        <message>
            <location filename="../keys.py" />
            <source>this table</source>
            <translation>diese Übersicht</translation>
        </message>
        <message>
            <location filename="../level.py" />
            <source>Good level</source>
            <translation>Guter Pegel</translation>
        </message>
        <message>
            <location filename="../level.py" />
            <source>Silent</source>
            <translation>Still</translation>
        </message>
        <message>
            <location filename="../level.py" />
            <source>Too loud</source>
            <translation>Zu laut</translation>
        </message>
        <message>
            <location filename="../level.py" />
            <source>Too quiet</source>
            <translation>Zu leise</translation>
        </message>
        <message>
            <location filename="../meter_view.py" />
            <source>CLIP</source>
            <translation>CLIP</translation>
        </message>
        <message>
            <location filename="../meter_view.py" />
            <source>Input level</source>
            <translation>Eingangspegel</translation>
        </message>
        <message>
            <location filename="../meter_view.py" />
            <source>Play loudly: the peaks should lie between −12 and −6 dB.</source>
            <translation>Spielen Sie laut: Die Spitzen sollten zwischen −12 und −6 dB liegen.</translation>
        </message>
        <message>
            <location filename="../meter_view.py" />
            <source>{}, {:.0f} decibels full scale</source>
            <translation>{}, {:.0f} Dezibel Vollaussteuerung</translation>
        </message>
        <message>
            <location filename="../rail.py" />
            <source>Display</source>
            <translation>Anzeige</translation>
        </message>
        <message>
            <location filename="../rail.py" />
            <source>Input</source>
            <translation>Eingang</translation>
        </message>
        <message>
            <location filename="../rail.py" />
            <source>Listening</source>
            <translation>Zuhören</translation>
        </message>
        <message>
            <location filename="../rail.py" />
            <source>MIDI out</source>
            <translation>MIDI-Ausgang</translation>
        </message>
        <message>
            <location filename="../roll_view.py" />
            <source>The last minute</source>
            <translation>Die letzte Minute</translation>
        </message>
        <message>
            <location filename="../session.py" />
            <source>Take {}</source>
            <translation>Aufnahme {}</translation>
        </message>
        <message>
            <location filename="../session.py" />
            <source>The MIDI port is being opened.</source>
            <translation>Der MIDI-Port wird geöffnet.</translation>
        </message>
        <message>
            <location filename="../settings.py" />
            <source>It was kept as {path}, and everything is as it was at first.</source>
            <translation>Sie liegen nun in {path}; alles steht wieder wie am Anfang.</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Auto</source>
            <translation>Auto</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Ch {}</source>
            <translation>Kanal {}</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Channel</source>
            <translation>Kanal</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Chord names</source>
            <translation>Akkordnamen</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Colours</source>
            <translation>Farben</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Fit</source>
            <translation>Anpassen</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Fit the gate to the room</source>
            <translation>Schwelle an den Raum anpassen</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Fixed</source>
            <translation>Fest</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Glow</source>
            <translation>Leuchten</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Hands</source>
            <translation>Hände</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Hard</source>
            <translation>Hart</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Input 1</source>
            <translation>Eing. 1</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Input 2</source>
            <translation>Eing. 2</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Keys shown</source>
            <translation>Sichtbare Tasten</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Look for devices and ports again</source>
            <translation>Erneut nach Geräten und Ports suchen</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Look for microphones again</source>
            <translation>Erneut nach Mikrofonen suchen</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>MIDI channel</source>
            <translation>MIDI-Kanal</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>MIDI port</source>
            <translation>MIDI-Port</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Microphone</source>
            <translation>Mikrofon</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Mix</source>
            <translation>Mix</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Noise gate</source>
            <translation>Rauschsperre</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Not open</source>
            <translation>Nicht offen</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Note names</source>
            <translation>Notennamen</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>One</source>
            <translation>Eine</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Open</source>
            <comment>port</comment>
            <translation>Offen</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Panic</source>
            <translation>Panik</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Pitch</source>
            <translation>Tonhöhe</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Room {}</source>
            <translation>Raum {}</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Room: not quiet yet</source>
            <translation>Raum: noch nicht still</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Sensitivity</source>
            <translation>Empfindlichkeit</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Set the gate just above the noise of the room, measured while nobody plays</source>
            <translation>Schwelle knapp über das Geräusch des Raums setzen, gemessen, während niemand spielt</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Shortest note</source>
            <translation>Kürzeste Note</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Silence every note (Esc)</source>
            <translation>Alle Noten aus (Esc)</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Soft</source>
            <translation>Weich</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Speed of the blocks</source>
            <translation>Tempo der Balken</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Split point</source>
            <translation>Trennpunkt</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Sustain</source>
            <translation>Pedal</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Sustain pedal</source>
            <translation>Haltepedal</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>System default</source>
            <translation>Standard des Systems</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Text size</source>
            <translation>Textgröße</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Transpose</source>
            <translation>Transponieren</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>Velocity</source>
            <translation>Anschlag</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>{:.0f} ms measured</source>
            <translation>{:.0f} ms gemessen</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>{} (Bluetooth, not advised)</source>
            <translation>{} (Bluetooth, nicht ratsam)</translation>
        </message>
        <message>
            <location filename="../side_panel.py" />
            <source>{} keys</source>
            <translation>{} Tasten</translation>
        </message>
        <message>
            <location filename="../stage_view.py" />
            <source>no key down</source>
            <translation>keine Taste gedrückt</translation>
        </message>
        <message>
            <location filename="../stage_widget.py" />
            <source>Keyboard display</source>
            <translation>Klaviatur</translation>
        </message>
        <message>
            <location filename="../takes_desk.py" />
            <source>The last minutes were saved as {}.</source>
            <translation>Die letzten Minuten wurden als {} gesichert.</translation>
        </message>
        <message>
            <location filename="../takes_desk.py" />
            <source>The notes were saved as {}.</source>
            <translation>Die Noten wurden als {} gesichert.</translation>
        </message>
        <message>
            <location filename="../takes_desk.py" />
            <source>“{}” was deleted.</source>
            <translation>„{}“ wurde gelöscht.</translation>
        </message>
        <message>
            <location filename="../velocity_view.py" />
            <source>Drag the line: how hard a key must be struck. Drag its ends: softest and loudest.</source>
            <translation>Linie ziehen: wie fest eine Taste angeschlagen werden muss. Enden ziehen: leisester und lautester Ton.</translation>
        </message>
        <message>
            <location filename="../velocity_view.py" />
            <source>Velocity curve, {}</source>
            <translation>Anschlagskurve, {}</translation>
        </message>
        <message>
            <location filename="../window.py" />
            <source>Where should takes be kept?</source>
            <translation>Wo sollen die Aufnahmen liegen?</translation>
        </message>
    </context>
</TS>
