<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>liszten</name>
        <message>
            <location filename="../../gui/app.py" />
            <source>The window needs system libraries that are missing ({missing}). Install them with: sudo apt install libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libegl1 libxkbcommon-x11-0; or use `liszten listen`.</source>
            <comment>window.no_libraries</comment>
            <translation>Dem Fenster fehlen Bibliotheken des Systems ({missing}). Installieren Sie sie mit: sudo apt install libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libegl1 libxkbcommon-x11-0; oder nehmen Sie `liszten listen`.</translation>
        </message>
        <message>
            <location filename="../../gui/app.py" />
            <source>There is no screen to open a window on. `liszten listen` shows the notes here, `liszten --help` the rest.</source>
            <comment>window.no_display</comment>
            <translation>Es gibt keinen Bildschirm für ein Fenster. `liszten listen` zeigt die Noten hier, `liszten --help` alles Übrige.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>1 drop-out</source>
            <translation>1 Aussetzer</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Click to copy this line</source>
            <translation>Klicken, um diese Zeile zu kopieren</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Delay</source>
            <translation>Verzögerung</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Delay: change it in the panel</source>
            <translation>Verzögerung: im Seitenfeld ändern</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Demo recording</source>
            <translation>Demo-Aufnahme</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Full screen</source>
            <translation>Vollbild</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Keep</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Keep the last {} min</source>
            <translation>Die letzten {} min behalten</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Keep the last {} s</source>
            <translation>Die letzten {} s behalten</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Keep what I just played</source>
            <translation>Behalten, was ich gerade gespielt habe</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Listen</source>
            <translation>Zuhören</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Listen or pause</source>
            <translation>Zuhören oder Pause</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Listening</source>
            <comment>state</comment>
            <translation>Hört zu</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Live</source>
            <translation>Live</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Load {:.0f} %</source>
            <translation>Last {:.0f} %</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>MIDI</source>
            <translation>MIDI</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>MIDI port: change it in the panel</source>
            <translation>MIDI-Port: im Seitenfeld ändern</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Model: {}</source>
            <translation>Modell: {}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Next theme</source>
            <translation>Nächstes Farbschema</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>No MIDI</source>
            <translation>Kein MIDI</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Not listening</source>
            <comment>state</comment>
            <translation>Hört nicht zu</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Notes {}</source>
            <translation>Noten {}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Pause listening</source>
            <translation>Zuhören unterbrechen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Paused</source>
            <comment>state</comment>
            <translation>Pause</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Plots</source>
            <translation>Kurven</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Record</source>
            <translation>Aufnehmen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Record a take</source>
            <translation>Aufnehmen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Second screen</source>
            <translation>Zweiter Bildschirm</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Show or fold the panel</source>
            <translation>Seitenfeld zeigen oder einklappen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Side panel</source>
            <translation>Seitenfeld</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Starting</source>
            <comment>state</comment>
            <translation>Startet</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Stop recording</source>
            <translation>Aufnahme beenden</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Theme</source>
            <translation>Farbschema</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Voices {}</source>
            <translation>Stimmen {}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>Waiting for the input</source>
            <comment>state</comment>
            <translation>Wartet auf den Eingang</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>{} drop-outs</source>
            <translation>{} Aussetzer</translation>
        </message>
        <message>
            <location filename="../../gui/pages/bars.py" />
            <source>{} · recording</source>
            <translation>{} · läuft</translation>
        </message>
        <message>
            <location filename="../../gui/pages/example_button.py" />
            <source>Back to my piano</source>
            <translation>Zurück zu meinem Klavier</translation>
        </message>
        <message>
            <location filename="../../gui/pages/example_button.py" />
            <source>Hear and see an example</source>
            <translation>Ein Beispiel hören und sehen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>Begin, and stay silent</source>
            <translation>Beginnen und still sein</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>C4 is the C in the middle. Hold each for a second, so that its tuning can be measured.</source>
            <translation>C4 ist das C in der Mitte. Halten Sie jeden Ton eine Sekunde, damit sich die Stimmung messen lässt.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>Choose the program that you use; it finds the notes like those of a keyboard.</source>
            <translation>Wählen Sie Ihr Programm; es bekommt die Noten wie von einem Keyboard.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>Echo check</source>
            <translation>Echoprüfung</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>Is there an echo?</source>
            <translation>Gibt es ein Echo?</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>Liszten sends a few notes and listens. If your speakers play them, every note would come twice.</source>
            <translation>Liszten sendet ein paar Noten und hört zu. Spielen Ihre Lautsprecher sie ab, käme jede Note doppelt.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>Looking for microphones …</source>
            <translation>Mikrofone werden gesucht …</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>MIDI port</source>
            <translation>MIDI-Port</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>No microphone found. Connect one, and it appears here.</source>
            <translation>Kein Mikrofon gefunden. Schließen Sie eines an, und es erscheint hier.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>Not open</source>
            <translation>Nicht offen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>Open</source>
            <comment>port</comment>
            <translation>Offen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>Play C4, then C2 and C7</source>
            <translation>Spielen Sie C4, dann C2 und C7</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>Play a few notes. A good place is half a metre to two metres from the piano, not on the piano itself.</source>
            <translation>Spielen Sie ein paar Töne. Ein guter Platz ist einen halben bis zwei Meter vor dem Klavier, nicht darauf.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>Play a test chord</source>
            <translation>Testakkord senden</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>Play one very loud and one very soft note</source>
            <translation>Spielen Sie einen sehr lauten und einen sehr leisen Ton</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>Record by itself whenever I play: a take begins with the first note.</source>
            <translation>Von selbst aufnehmen, sobald ich spiele: Eine Aufnahme beginnt mit dem ersten Ton.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>Record from the first note</source>
            <translation>Vom ersten Ton an aufnehmen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>The loud one should stay below −3 dB, the soft one should stand out of the noise of the room.</source>
            <translation>Der laute sollte unter −3 dB bleiben, der leise sich vom Rauschen des Raums abheben.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>Very loud</source>
            <translation>Sehr laut</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>Very soft</source>
            <translation>Sehr leise</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>Where should the notes go?</source>
            <translation>Wohin sollen die Noten gehen?</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>Which microphone hears your piano?</source>
            <translation>Welches Mikrofon hört Ihr Klavier?</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>far left</source>
            <translation>weit links</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>far right</source>
            <translation>weit rechts</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>heard</source>
            <translation>gehört</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>hears you</source>
            <translation>hört Sie</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>not yet</source>
            <translation>noch nicht</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>the middle of the keyboard</source>
            <translation>Mitte der Klaviatur</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_pages.py" />
            <source>{} (Bluetooth, not advised)</source>
            <translation>{} (Bluetooth, nicht ratsam)</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_view.py" />
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_view.py" />
            <source>Echo</source>
            <translation>Echo</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_view.py" />
            <source>Level</source>
            <translation>Pegel</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_view.py" />
            <source>Microphone</source>
            <translation>Mikrofon</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_view.py" />
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_view.py" />
            <source>Play!</source>
            <translation>Spielen!</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_view.py" />
            <source>Set up Liszten</source>
            <translation>Liszten einrichten</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_view.py" />
            <source>Skip the guide</source>
            <translation>Einrichtung überspringen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_view.py" />
            <source>Skip this step</source>
            <translation>Überspringen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/guide/guide_view.py" />
            <source>Your piano</source>
            <translation>Klavier</translation>
        </message>
        <message>
            <location filename="../../gui/pages/plots.py" />
            <source>From the sound to the note</source>
            <translation>Vom Klang zum Ton</translation>
        </message>
        <message>
            <location filename="../../gui/pages/plots.py" />
            <source>Liszten, plots</source>
            <translation>Liszten, Kurven</translation>
        </message>
        <message>
            <location filename="../../gui/pages/plots.py" />
            <source>Loudness of the last notes</source>
            <translation>Lautstärke der letzten Töne</translation>
        </message>
        <message>
            <location filename="../../gui/pages/plots.py" />
            <source>What is heard, and the notes that were found in it</source>
            <translation>Was zu hören ist, und die Töne, die darin gefunden wurden</translation>
        </message>
        <message>
            <location filename="../../gui/pages/plots.py" />
            <source>key</source>
            <translation>Taste</translation>
        </message>
        <message>
            <location filename="../../gui/pages/plots.py" />
            <source>measured</source>
            <translation>gemessen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/plots.py" />
            <source>milliseconds</source>
            <translation>Millisekunden</translation>
        </message>
        <message>
            <location filename="../../gui/pages/plots.py" />
            <source>notes</source>
            <translation>Töne</translation>
        </message>
        <message>
            <location filename="../../gui/pages/plots.py" />
            <source>nothing yet</source>
            <translation>noch nichts</translation>
        </message>
        <message>
            <location filename="../../gui/pages/plots.py" />
            <source>seconds ago</source>
            <translation>vor Sekunden</translation>
        </message>
        <message>
            <location filename="../../gui/pages/plots.py" />
            <source>sent</source>
            <translation>gesendet</translation>
        </message>
        <message>
            <location filename="../../gui/pages/plots.py" />
            <source>velocity</source>
            <translation>Anschlag</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_bar.py" />
            <source>Bar {}</source>
            <translation>Takt {}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_bar.py" />
            <source>Beat</source>
            <translation>Schlag</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_bar.py" />
            <source>Begin</source>
            <translation>Beginnen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_bar.py" />
            <source>Begin or pause</source>
            <translation>Beginnen oder anhalten</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_bar.py" />
            <source>Finish the run</source>
            <translation>Durchgang beenden</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_bar.py" />
            <source>Loop</source>
            <translation>Schleife</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_bar.py" />
            <source>Loop (L); A and B set the bars where it begins and ends</source>
            <translation>Schleife (L); A und B setzen die Takte, in denen sie beginnt und endet</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_bar.py" />
            <source>Pass over</source>
            <translation>Übergehen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_bar.py" />
            <source>Pass over what is not heard; it counts as not heard, never as wrong</source>
            <translation>Übergehen, was nicht gehört wird; es zählt als nicht gehört, nie als falsch</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_bar.py" />
            <source>Show the beat</source>
            <translation>Takt anzeigen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_bar.py" />
            <source>Show the beat while you play along</source>
            <translation>Den Takt anzeigen, während Sie mitspielen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_bar.py" />
            <source>To the start</source>
            <translation>Zum Anfang</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_bar.py" />
            <source>Upbeat</source>
            <translation>Auftakt</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Blocks</source>
            <translation>Blöcke</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Both</source>
            <translation>Beide</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Both</source>
            <comment>views</comment>
            <translation>Beides</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Early or late</source>
            <translation>Zu früh oder spät</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Faster after {} clean rounds</source>
            <translation>Schneller nach {} fehlerlosen Runden</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Follow me</source>
            <translation>Folgen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Hands</source>
            <translation>Hände</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Hearing you</source>
            <translation>Hört Sie</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Left</source>
            <comment>hand</comment>
            <translation>Links</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Missed</source>
            <translation>Ausgelassen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Not heard</source>
            <translation>Nicht gehört</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Not listening</source>
            <translation>Hört nicht zu</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Other keys</source>
            <translation>Andere Tasten</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Play along</source>
            <translation>Mitspielen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Practice</source>
            <translation>Üben</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Practise this now</source>
            <translation>Jetzt üben</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Right</source>
            <comment>hand</comment>
            <translation>Rechts</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Right</source>
            <comment>notes</comment>
            <translation>Richtig</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Staff</source>
            <translation>Noten</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Tempo</source>
            <translation>Tempo</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>This piece so far</source>
            <translation>Dieses Stück bisher</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>This run</source>
            <translation>Dieser Durchgang</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Timing</source>
            <translation>Zeitpunkt</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Try next</source>
            <translation>Als Nächstes</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Try next: {}</source>
            <translation>Als Nächstes: {}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>View</source>
            <translation>Ansicht</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Wait for me</source>
            <translation>Warten</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Way to practise</source>
            <translation>Übungsweise</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/lesson_panel.py" />
            <source>Wrong or extra</source>
            <translation>Falsch oder zu viel</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/piece_list.py" />
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/piece_list.py" />
            <source>Open</source>
            <comment>file</comment>
            <translation>Öffnen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/piece_list.py" />
            <source>Open a MIDI or MusicXML file</source>
            <translation>Eine MIDI- oder MusicXML-Datei öffnen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/piece_list.py" />
            <source>Open a MIDI or MusicXML file, or try {}.</source>
            <translation>Öffnen Sie eine MIDI- oder MusicXML-Datei, oder probieren Sie {}.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/piece_list.py" />
            <source>Pieces</source>
            <translation>Stücke</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/piece_list.py" />
            <source>Search</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/piece_list.py" />
            <source>Search pieces</source>
            <translation>Stücke suchen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/piece_list.py" />
            <source>Try</source>
            <translation>Probieren</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/piece_list.py" />
            <source>Try {}</source>
            <translation>{} probieren</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/practice_page.py" />
            <source>MusicXML and MIDI ({})</source>
            <translation>MusicXML und MIDI ({})</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/practice_page.py" />
            <source>Open a piece</source>
            <translation>Ein Stück öffnen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/practice/today_panel.py" />
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <location filename="../../gui/pages/remedies.py" />
            <source>Where should takes be kept?</source>
            <translation>Wo sollen die Aufnahmen liegen?</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_curves.py" />
            <source>Loudness, velocity</source>
            <translation>Lautstärke (Anschlag)</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_curves.py" />
            <source>Tempo, beats a minute</source>
            <translation>Tempo, Schläge je Minute</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_parts.py" />
            <source>Difference</source>
            <translation>Unterschied</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_parts.py" />
            <source>Other take</source>
            <translation>Die andere</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_parts.py" />
            <source>The notes and the pedal of the take</source>
            <translation>Noten und Pedal der Aufnahme</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_parts.py" />
            <source>This take</source>
            <translation>Diese</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_parts.py" />
            <source>{aspect}: from {low} to {high}, nearer to {nearer}</source>
            <translation>{aspect}: von {low} bis {high}, näher bei {nearer}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_view.py" />
            <source>Against</source>
            <translation>Verglichen mit</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_view.py" />
            <source>No other take</source>
            <translation>Keiner anderen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_view.py" />
            <source>Overview</source>
            <translation>Überblick</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_view.py" />
            <source>Save as page</source>
            <translation>Als Seite speichern</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_view.py" />
            <source>Save as page …</source>
            <translation>Als Seite speichern …</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_view.py" />
            <source>Save the report as a page, to print or to send</source>
            <translation>Den Bericht als Seite speichern, zum Drucken oder Verschicken</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_view.py" />
            <source>The take is being read …</source>
            <translation>Die Aufnahme wird gelesen …</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_view.py" />
            <source>There is no other take of this piece yet.</source>
            <translation>Von diesem Stück gibt es noch keine andere Aufnahme.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_view.py" />
            <source>What was heard</source>
            <translation>Was zu hören war</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_view.py" />
            <source>other take</source>
            <translation>die andere</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_view.py" />
            <source>this take</source>
            <translation>diese Aufnahme</translation>
        </message>
        <message>
            <location filename="../../gui/pages/report/report_view.py" />
            <source>where 8 of 10 takes like it lie</source>
            <translation>wo 8 von 10 ähnlichen Aufnahmen liegen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/second_screen.py" />
            <source>Liszten, second screen</source>
            <translation>Liszten, zweiter Bildschirm</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings_sheet.py" />
            <source>Close the settings</source>
            <translation>Die Einstellungen schließen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings_sheet.py" />
            <source>Every setting as it was at first</source>
            <translation>Jede Einstellung wie am Anfang</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings_sheet.py" />
            <source>First-run guide</source>
            <translation>Einrichtung</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings_sheet.py" />
            <source>Microphone, level, piano, MIDI and echo, step by step</source>
            <translation>Mikrofon, Pegel, Klavier, MIDI und Echo, Schritt für Schritt</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings_sheet.py" />
            <source>Nothing is called that.</source>
            <translation>So heißt nichts.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings_sheet.py" />
            <source>Open the log</source>
            <translation>Protokoll öffnen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings_sheet.py" />
            <source>Reset everything</source>
            <translation>Alles zurücksetzen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings_sheet.py" />
            <source>Search the settings</source>
            <translation>Einstellungen durchsuchen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/settings_sheet.py" />
            <source>Table of shortcuts</source>
            <translation>Tabelle der Tastenkürzel</translation>
        </message>
        <message>
            <location filename="../../gui/pages/shortcut_list.py" />
            <source>Back to: {}</source>
            <translation>Zurück zu: {}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/shortcut_list.py" />
            <source>Key for “{}”</source>
            <translation>Taste für „{}“</translation>
        </message>
        <message>
            <location filename="../../gui/pages/shortcut_list.py" />
            <source>No key</source>
            <translation>Keine Taste</translation>
        </message>
        <message>
            <location filename="../../gui/pages/shortcut_list.py" />
            <source>practice</source>
            <translation>Üben</translation>
        </message>
        <message>
            <location filename="../../gui/pages/shortcut_list.py" />
            <source>takes, files and practice</source>
            <translation>Aufnahmen, Dateien und Üben</translation>
        </message>
        <message>
            <location filename="../../gui/pages/shortcut_table.py" />
            <source>Each but Esc can be changed in the settings.</source>
            <translation>Jede außer Esc lässt sich in den Einstellungen ändern.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/shortcut_table.py" />
            <source>Everywhere</source>
            <translation>Überall</translation>
        </message>
        <message>
            <location filename="../../gui/pages/shortcut_table.py" />
            <source>Keyboard shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <location filename="../../gui/pages/shortcut_table.py" />
            <source>Takes, files and practice</source>
            <translation>Aufnahmen, Dateien und Üben</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Auto</source>
            <translation>Auto</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Ch {}</source>
            <translation>Kanal {}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Channel</source>
            <translation>Kanal</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Chord names</source>
            <translation>Akkordnamen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Colours</source>
            <translation>Farben</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Display</source>
            <translation>Anzeige</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Fit</source>
            <translation>Anpassen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Fit the gate to the room</source>
            <translation>Schwelle an den Raum anpassen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Fit the piece</source>
            <translation>Passend zum Stück</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Fixed</source>
            <translation>Fest</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Glow</source>
            <translation>Leuchten</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Good level</source>
            <translation>Guter Pegel</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Hard</source>
            <translation>Hart</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Input</source>
            <translation>Eingang</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Input 1</source>
            <translation>Eing. 1</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Input 2</source>
            <translation>Eing. 2</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Keys shown</source>
            <translation>Sichtbare Tasten</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Linear</source>
            <translation>Linear</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Listening</source>
            <translation>Zuhören</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Look for devices and ports again</source>
            <translation>Erneut nach Geräten und Ports suchen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Look for microphones again</source>
            <translation>Erneut nach Mikrofonen suchen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>MIDI channel</source>
            <translation>MIDI-Kanal</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>MIDI out</source>
            <translation>MIDI-Ausgang</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Mix</source>
            <translation>Mix</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Noise gate</source>
            <translation>Rauschsperre</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Note names</source>
            <translation>Notennamen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>One</source>
            <translation>Eine</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Panic</source>
            <translation>Panik</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Pitch</source>
            <translation>Tonhöhe</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Room {}</source>
            <translation>Raum {}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Room: not quiet yet</source>
            <translation>Raum: noch nicht still</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Sensitivity</source>
            <translation>Empfindlichkeit</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Set the gate just above the noise of the room, measured while nobody plays</source>
            <translation>Schwelle knapp über das Geräusch des Raums setzen, gemessen, während niemand spielt</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Shortest note</source>
            <translation>Kürzeste Note</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Silence every note</source>
            <translation>Alle Noten aus</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Silent</source>
            <translation>Still</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Soft</source>
            <translation>Weich</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Speed of the blocks</source>
            <translation>Tempo der Balken</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Split point</source>
            <translation>Trennpunkt</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Sustain</source>
            <translation>Pedal</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Sustain pedal</source>
            <translation>Haltepedal</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>System default</source>
            <translation>Standard des Systems</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Text size</source>
            <translation>Textgröße</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Too loud</source>
            <translation>Zu laut</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Too quiet</source>
            <translation>Zu leise</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Transpose</source>
            <translation>Halbtöne</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>Velocity</source>
            <translation>Anschlag</translation>
        </message>
        <message>
            <location filename="../../gui/pages/side_panel.py" />
            <source>{} keys</source>
            <translation>{} Tasten</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/files_view.py" />
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/files_view.py" />
            <source>Cancelled</source>
            <translation>Abgebrochen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/files_view.py" />
            <source>Choose files</source>
            <translation>Dateien wählen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/files_view.py" />
            <source>Choose files …</source>
            <translation>Dateien wählen …</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/files_view.py" />
            <source>Clear the list</source>
            <translation>Liste leeren</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/files_view.py" />
            <source>Drop recordings here — WAV, FLAC, MP3, OGG, M4A.</source>
            <translation>Aufzeichnungen hier ablegen — WAV, FLAC, MP3, OGG, M4A.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/files_view.py" />
            <source>Each becomes a take. A MIDI file is replayed at once.</source>
            <translation>Aus jeder wird eine Aufnahme. Eine MIDI-Datei wird sofort abgespielt.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/files_view.py" />
            <source>Files</source>
            <translation>Dateien</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/files_view.py" />
            <source>Forget the files that are done</source>
            <translation>Die fertigen Dateien vergessen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/files_view.py" />
            <source>Listening {:.0f} %</source>
            <translation>Hört zu {:.0f} %</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/files_view.py" />
            <source>Replay</source>
            <translation>Abspielen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/files_view.py" />
            <source>Waiting</source>
            <translation>Wartet</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/gallery.py" />
            <source>MIDI file ({})</source>
            <translation>MIDI-Datei ({})</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/gallery.py" />
            <source>Page ({})</source>
            <translation>Seite ({})</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/gallery.py" />
            <source>Recordings and MIDI ({})</source>
            <translation>Aufzeichnungen und MIDI ({})</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/gallery.py" />
            <source>Save as …</source>
            <translation>Sichern unter …</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/gallery.py" />
            <source>There is no recording in what was dropped.</source>
            <translation>In dem, was abgelegt wurde, ist keine Aufzeichnung.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/improve_view.py" />
            <source>Another ear, installed on this computer; it takes about four times the length of the recording</source>
            <translation>Ein anderes Ohr, auf diesem Computer installiert; es braucht etwa viermal so lange, wie die Aufnahme dauert</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/improve_view.py" />
            <source>Another model heard this. Liszten can listen to the recording once more.</source>
            <translation>Ein anderes Modell hat dies gehört. Liszten kann die Aufnahme noch einmal anhören.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/improve_view.py" />
            <source>Before</source>
            <translation>Vorher</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/improve_view.py" />
            <source>Improve</source>
            <translation>Verbessern</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/improve_view.py" />
            <source>Improve with Transkun</source>
            <translation>Mit Transkun verbessern</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/improve_view.py" />
            <source>Improved</source>
            <translation>Verbessert</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/improve_view.py" />
            <source>Listen to the recording once more, as exactly as can be</source>
            <translation>Die Aufzeichnung noch einmal hören, so genau wie möglich</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/improve_view.py" />
            <source>Listening once more … {:.0f} %</source>
            <translation>Hört noch einmal zu … {:.0f} %</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/improve_view.py" />
            <source>Liszten has heard this as exactly as it can.</source>
            <translation>Liszten hat dies so genau gehört, wie es kann.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/improve_view.py" />
            <source>Liszten listens to the recording once more: slower than live, and more exactly.</source>
            <translation>Liszten hört die Aufzeichnung noch einmal: langsamer als live und genauer.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/improve_view.py" />
            <source>Take the notes back that were heard first</source>
            <translation>Die zuerst gehörten Noten zurücknehmen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/improve_view.py" />
            <source>The notes of this take are damaged. Liszten can listen to the recording once more.</source>
            <translation>Die Noten dieser Aufnahme sind beschädigt. Liszten kann die Aufzeichnung noch einmal hören.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/improve_view.py" />
            <source>This take has no recording that could be heard once more.</source>
            <translation>Diese Aufnahme hat keine Aufzeichnung, die noch einmal gehört werden könnte.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/improve_view.py" />
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/improve_view.py" />
            <source>Version</source>
            <translation>Fassung</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/improve_view.py" />
            <source>{before} notes before, {after} now: {added} came, {removed} went.</source>
            <translation>Vorher {before} Noten, jetzt {after}: {added} kamen hinzu, {removed} fielen weg.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/midi_tile.py" />
            <source>Drag it into your DAW, or into a folder</source>
            <translation>In Ihre DAW oder in einen Ordner ziehen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/midi_tile.py" />
            <source>MIDI file</source>
            <translation>MIDI-Datei</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/replay_bar.py" />
            <source>Loop (L); A and B set where it begins and ends</source>
            <translation>Schleife (L); A und B setzen Anfang und Ende</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/replay_bar.py" />
            <source>Play</source>
            <translation>Abspielen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/replay_bar.py" />
            <source>Play or pause</source>
            <translation>Abspielen oder anhalten</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Change …</source>
            <translation>Ändern …</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Choose where it goes</source>
            <translation>Wählen, wohin es kommt</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Falling blocks with the sound, as every player shows them</source>
            <translation>Fallende Blöcke mit dem Klang, für jedes Abspielprogramm</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Files ({})</source>
            <translation>Dateien ({})</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Film</source>
            <translation>Film</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Goes to {}</source>
            <translation>Kommt nach {}</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>MusicXML</source>
            <translation>MusicXML</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Pages to print (PDF): a draft, whose rhythm and bars are estimated</source>
            <translation>Seiten zum Drucken (PDF): ein Entwurf, Rhythmus und Takte sind geschätzt</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Recording</source>
            <translation>Tonaufnahme</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Report</source>
            <translation>Bericht</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Sampled piano</source>
            <translation>Klavier aus Samples</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Save</source>
            <translation>Sichern</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Saved as {}.</source>
            <translation>Gesichert als {}.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Share “{}”</source>
            <translation>„{}“ teilen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Sheet music</source>
            <translation>Notenblatt</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Show in folder</source>
            <translation>Im Ordner zeigen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Show where it lies</source>
            <translation>Zeigen, wo es liegt</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Size of the film</source>
            <translation>Größe des Films</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>The notes for other music programs</source>
            <translation>Die Töne für andere Musikprogramme</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>The same for a notation program</source>
            <translation>Dasselbe für ein Notenprogramm</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>The sound as it was recorded</source>
            <translation>Der Klang, wie er aufgenommen wurde</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>What Liszten understood, played on another piano (WAV)</source>
            <translation>Was Liszten verstanden hat, auf einem anderen Klavier gespielt (WAV)</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>What was heard, as a page for the browser</source>
            <translation>Was zu hören war, als Seite für den Browser</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Where should it go?</source>
            <translation>Wohin soll es?</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Write the file</source>
            <translation>Die Datei schreiben</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>Writing … {:.0f} %</source>
            <translation>Wird geschrieben … {:.0f} %</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>{} (square)</source>
            <translation>{} (quadratisch)</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/share_sheet.py" />
            <source>{} (upright)</source>
            <translation>{} (hochkant)</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/take_card.py" />
            <source>As a film, sheet music, sound, MIDI or a page</source>
            <translation>Als Film, Noten, Klang, MIDI oder Seite</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/take_card.py" />
            <source>Give the take a name</source>
            <translation>Der Aufnahme einen Namen geben</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/take_card.py" />
            <source>Name of the take</source>
            <translation>Name der Aufnahme</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/take_card.py" />
            <source>Rename</source>
            <translation>Umbenennen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/take_card.py" />
            <source>Replay what you have just played</source>
            <translation>Anhören, was Sie gerade gespielt haben</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/take_card.py" />
            <source>Saved in Takes</source>
            <translation>Gesichert unter „Aufnahmen“</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/take_card.py" />
            <source>Share …</source>
            <translation>Teilen …</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/take_card.py" />
            <source>What was heard in the take</source>
            <translation>Was in der Aufnahme zu hören war</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/take_delegate.py" />
            <source>improved</source>
            <translation>verbessert</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/take_panel.py" />
            <source>Back to the list</source>
            <translation>Zurück zur Liste</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/take_panel.py" />
            <source>Choose a take to see it here.</source>
            <translation>Wählen Sie eine Aufnahme, um sie hier zu sehen.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/take_panel.py" />
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/take_panel.py" />
            <source>Delete the take</source>
            <translation>Die Aufnahme löschen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/take_panel.py" />
            <source>Save the notes as a MIDI file</source>
            <translation>Die Noten als MIDI-Datei sichern</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/take_panel.py" />
            <source>Show the files of the take</source>
            <translation>Die Dateien der Aufnahme zeigen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/takes_model.py" />
            <source>cannot be read</source>
            <translation>nicht lesbar</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/takes_view.py" />
            <source>No takes yet.</source>
            <translation>Noch keine Aufnahmen.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/takes_view.py" />
            <source>No takes yet. Press {} while you play.</source>
            <translation>Noch keine Aufnahmen. Drücken Sie {}, während Sie spielen.</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/takes_view.py" />
            <source>Show the folder</source>
            <translation>Ordner zeigen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/takes_view.py" />
            <source>Show the folder of the takes</source>
            <translation>Den Ordner der Aufnahmen zeigen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/takes_view.py" />
            <source>Takes</source>
            <translation>Aufnahmen</translation>
        </message>
        <message>
            <location filename="../../gui/pages/takes/takes_view.py" />
            <source>{} keeps the last five minutes.</source>
            <translation>{} behält die letzten fünf Minuten.</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>Bar {} of {}</source>
            <translation>Takt {} von {}</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>Loop bars {}–{}</source>
            <translation>Takte {}–{} wiederholen</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>Loop the piece</source>
            <translation>Das Stück wiederholen</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>Paused</source>
            <translation>Angehalten</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>Played to the end</source>
            <translation>Bis zum Ende gespielt</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>Ready</source>
            <translation>Bereit</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>Space begins</source>
            <translation>Leertaste beginnt</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>Space begins again</source>
            <translation>Leertaste beginnt von vorn</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>Space goes on</source>
            <translation>Leertaste macht weiter</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>The run is finished</source>
            <translation>Der Durchgang ist beendet</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>Waiting for {}</source>
            <translation>Wartet auf {}</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>beat {} · run {}</source>
            <translation>Schlag {} · Runde {}</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>both hands</source>
            <translation>beide Hände</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>counted in</source>
            <translation>wird eingezählt</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>left hand</source>
            <translation>linke Hand</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>loop {}–{}</source>
            <translation>Schleife {}–{}</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>right hand</source>
            <translation>rechte Hand</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>{:+.0f} ms · spread {:.0f} ms</source>
            <translation>{:+.0f} ms · Streuung {:.0f} ms</translation>
        </message>
        <message>
            <location filename="../../gui/practice/lesson_words.py" />
            <source>{} · Space passes over it</source>
            <translation>{} · Leertaste übergeht es</translation>
        </message>
        <message>
            <location filename="../../gui/practice/piece_rows.py" />
            <source>Grade {}</source>
            <translation>Stufe {}</translation>
        </message>
        <message>
            <location filename="../../gui/practice/piece_rows.py" />
            <source>Recent</source>
            <translation>Zuletzt geübt</translation>
        </message>
        <message>
            <location filename="../../gui/practice/piece_rows.py" />
            <source>Your folder</source>
            <translation>Ihr Ordner</translation>
        </message>
        <message>
            <location filename="../../gui/practice/piece_rows.py" />
            <source>bar {} last time</source>
            <translation>zuletzt in Takt {}</translation>
        </message>
        <message>
            <location filename="../../gui/practice/piece_rows.py" />
            <source>upbeat last time</source>
            <translation>zuletzt im Auftakt</translation>
        </message>
        <message>
            <location filename="../../gui/practice/practice_controller.py" />
            <source>Reading {} …</source>
            <translation>{} wird gelesen …</translation>
        </message>
        <message>
            <location filename="../../gui/practice/run.py" />
            <source>On time</source>
            <translation>Genau</translation>
        </message>
        <message>
            <location filename="../../gui/practice/run.py" />
            <source>{} missed</source>
            <translation>{} ausgelassen</translation>
        </message>
        <message>
            <location filename="../../gui/practice/run.py" />
            <source>{} not heard</source>
            <translation>{} nicht gehört</translation>
        </message>
        <message>
            <location filename="../../gui/practice/run.py" />
            <source>{} {:.0f} ms early</source>
            <translation>{} {:.0f} ms zu früh</translation>
        </message>
        <message>
            <location filename="../../gui/practice/run.py" />
            <source>{} {:.0f} ms late</source>
            <translation>{} {:.0f} ms zu spät</translation>
        </message>
        <message>
            <location filename="../../gui/practice/today_words.py" />
            <source>1 run, {} min</source>
            <translation>1 Durchgang, {} min</translation>
        </message>
        <message>
            <location filename="../../gui/practice/today_words.py" />
            <source>Nothing yet</source>
            <translation>Noch nichts</translation>
        </message>
        <message>
            <location filename="../../gui/practice/today_words.py" />
            <source>clean at {} %</source>
            <translation>fehlerlos bei {} %</translation>
        </message>
        <message>
            <location filename="../../gui/practice/today_words.py" />
            <source>{:.0f} % right</source>
            <translation>{:.0f} % richtig</translation>
        </message>
        <message>
            <location filename="../../gui/practice/today_words.py" />
            <source>{} days in a row</source>
            <translation>{} Tage in Folge</translation>
        </message>
        <message>
            <location filename="../../gui/practice/today_words.py" />
            <source>{} min</source>
            <translation>{} min</translation>
        </message>
        <message>
            <location filename="../../gui/practice/today_words.py" />
            <source>{} runs, {} min</source>
            <translation>{} Durchgänge, {} min</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chips.py" />
            <source>Left hand</source>
            <translation>Linke Hand</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chips.py" />
            <source>Pedal down</source>
            <translation>Pedal</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chips.py" />
            <source>Right hand</source>
            <translation>Rechte Hand</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chips.py" />
            <source>{} hidden</source>
            <translation>{} ausgeblendet</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>A♭</source>
            <comment>tone</comment>
            <translation>As</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>A♯</source>
            <comment>tone</comment>
            <translation>Ais</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>B</source>
            <comment>tone</comment>
            <translation>H</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>B♭</source>
            <comment>tone</comment>
            <translation>B</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>C♯</source>
            <comment>tone</comment>
            <translation>Cis</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>D♭</source>
            <comment>tone</comment>
            <translation>Des</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>D♯</source>
            <comment>tone</comment>
            <translation>Dis</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>E♭</source>
            <comment>tone</comment>
            <translation>Es</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>F♯</source>
            <comment>tone</comment>
            <translation>Fis</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>G♯</source>
            <comment>tone</comment>
            <translation>Gis</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>{} added 9</source>
            <translation>{}-Dur, None</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>{} augmented</source>
            <translation>{} übermäßig</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>{} diminished</source>
            <translation>{} vermindert</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>{} diminished 7</source>
            <translation>{} vermindert, Septime</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>{} dominant 7</source>
            <translation>{} Dominantseptime</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>{} dominant 9</source>
            <translation>{} Dominantnone</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>{} half-diminished 7</source>
            <translation>{} halbvermindert</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>{} major</source>
            <translation>{}-Dur</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>{} major 6</source>
            <translation>{}-Dur, Sexte</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>{} major 7</source>
            <translation>{} große Septime</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>{} minor</source>
            <translation>{}-Moll</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>{} minor 6</source>
            <translation>{}-Moll, Sexte</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>{} minor 7</source>
            <translation>{}-Moll, kleine Septime</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>{} minor major 7</source>
            <translation>{}-Moll, große Septime</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>{} suspended 2</source>
            <translation>{} Sekundvorhalt</translation>
        </message>
        <message>
            <location filename="../../gui/stage/chords.py" />
            <source>{} suspended 4</source>
            <translation>{} Quartvorhalt</translation>
        </message>
        <message>
            <location filename="../../gui/state/advice.py" />
            <source>Choose Mic Mode › Standard, not Voice Isolation.</source>
            <translation>Wählen Sie Mikrofonmodus › Standard, nicht Stimmisolation.</translation>
        </message>
        <message>
            <location filename="../../gui/state/advice.py" />
            <source>Choose this port in the panel under MIDI out, and as the input of your music program.</source>
            <translation>Wählen Sie diesen Port im Seitenfeld unter MIDI-Ausgang und als Eingang in Ihrem Musikprogramm.</translation>
        </message>
        <message>
            <location filename="../../gui/state/advice.py" />
            <source>Click the microphone sign in the menu bar while Liszten listens.</source>
            <translation>Klicken Sie auf das Mikrofonsymbol in der Menüleiste, während Liszten zuhört.</translation>
        </message>
        <message>
            <location filename="../../gui/state/advice.py" />
            <source>In loopMIDI press + once: a port named “loopMIDI Port” appears.</source>
            <translation>Drücken Sie in loopMIDI einmal auf +: Ein Port „loopMIDI Port“ erscheint.</translation>
        </message>
        <message>
            <location filename="../../gui/state/advice.py" />
            <source>Install loopMIDI from tobias-erichsen.de, or Windows MIDI Services from microsoft.github.io/MIDI.</source>
            <translation>Installieren Sie loopMIDI von tobias-erichsen.de oder Windows MIDI Services von microsoft.github.io/MIDI.</translation>
        </message>
        <message>
            <location filename="../../gui/state/advice.py" />
            <source>Make a MIDI port on Windows</source>
            <translation>Unter Windows einen MIDI-Port anlegen</translation>
        </message>
        <message>
            <location filename="../../gui/state/advice.py" />
            <source>Open Settings › System › Sound and choose your microphone.</source>
            <translation>Öffnen Sie Einstellungen › System › Sound und wählen Sie Ihr Mikrofon.</translation>
        </message>
        <message>
            <location filename="../../gui/state/advice.py" />
            <source>Open the sound settings and choose the microphone itself, not one named “echo cancelled”.</source>
            <translation>Öffnen Sie die Klangeinstellungen und wählen Sie das Mikrofon selbst, nicht eines mit „echo cancelled“ im Namen.</translation>
        </message>
        <message>
            <location filename="../../gui/state/advice.py" />
            <source>Set “Audio enhancements” to Off; where there is “Voice focus”, turn it off.</source>
            <translation>Stellen Sie „Audioverbesserungen“ auf Aus; wo es „Sprachfokus“ gibt, auch diesen.</translation>
        </message>
        <message>
            <location filename="../../gui/state/advice.py" />
            <source>Turn off automatic gain in the settings of the microphone.</source>
            <translation>Schalten Sie die automatische Verstärkung in den Einstellungen des Mikrofons aus.</translation>
        </message>
        <message>
            <location filename="../../gui/state/advice.py" />
            <source>Turn off noise filters such as EasyEffects, NoiseTorch or a RNNoise plug-in for the input.</source>
            <translation>Schalten Sie Rauschfilter wie EasyEffects, NoiseTorch oder ein RNNoise-Plug-in für den Eingang aus.</translation>
        </message>
        <message>
            <location filename="../../gui/state/advice.py" />
            <source>Turn off noise removal in the program of your sound card or headset.</source>
            <translation>Schalten Sie die Rauschunterdrückung im Programm Ihrer Soundkarte oder Ihres Headsets aus.</translation>
        </message>
        <message>
            <location filename="../../gui/state/advice.py" />
            <source>Turn off what cleans the sound for speech</source>
            <translation>Sprachoptimierung ausschalten</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>"{}" was disconnected.</source>
            <translation>„{}“ wurde getrennt.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Allow it in System Settings › Privacy &amp; Security › Microphone, then try again.</source>
            <translation>Bitte in Systemeinstellungen › Datenschutz &amp; Sicherheit › Mikrofon erlauben und erneut versuchen.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Choose input</source>
            <translation>Eingang wählen</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Choose port</source>
            <translation>Port wählen</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Connect one or choose another input.</source>
            <translation>Schließen Sie eines an oder wählen Sie einen anderen Eingang.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Create one with loopMIDI or Windows MIDI Services, then choose it here.</source>
            <translation>Legen Sie einen mit loopMIDI oder Windows MIDI Services an und wählen Sie ihn hier.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Hide</source>
            <translation>Ausblenden</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Ignore</source>
            <translation>Ignorieren</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Input {0} is silent, but input {1} has sound.</source>
            <translation>Eingang {0} ist still, aber an Eingang {1} liegt Ton an.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Keep input {0}</source>
            <translation>Bei Eingang {0} bleiben</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Listening has stopped.</source>
            <translation>Liszten hört nicht mehr zu.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Liszten hears its own notes from the speakers.</source>
            <translation>Liszten hört seine eigenen Noten aus den Lautsprechern.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Liszten may not use the microphone.</source>
            <translation>Liszten darf das Mikrofon nicht benutzen.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Liszten opens it again as soon as it can.</source>
            <translation>Liszten öffnet ihn wieder, sobald es geht.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Liszten was closed unexpectedly.</source>
            <translation>Liszten wurde unerwartet beendet.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Look again</source>
            <translation>Erneut suchen</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Move the microphone closer or raise the gain.</source>
            <translation>Stellen Sie das Mikrofon näher heran oder erhöhen Sie den Pegel.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>No microphone found.</source>
            <translation>Kein Mikrofon gefunden.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>No notes are sent.</source>
            <translation>Es werden keine Noten gesendet.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Open settings</source>
            <translation>Einstellungen öffnen</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Pause MIDI</source>
            <translation>MIDI anhalten</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Save elsewhere</source>
            <translation>Anderswo speichern</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Send again</source>
            <translation>Wieder senden</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Show me how</source>
            <translation>So geht’s</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Some sound was lost. Close other programs, the plots and the second screen.</source>
            <translation>Etwas Ton ging verloren. Schließen Sie andere Programme, die Diagramme und den zweiten Bildschirm.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Sound came too late.</source>
            <translation>Der Ton kam zu spät.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>That removes piano notes. Turn off noise suppression and automatic gain.</source>
            <translation>Dabei gehen Klaviertöne verloren. Schalten Sie Rauschunterdrückung und automatische Verstärkung aus.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>The MIDI port "{}" is gone.</source>
            <translation>Der MIDI-Port „{}“ ist weg.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>The input is distorting.</source>
            <translation>Der Eingang übersteuert.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>The piano is very quiet.</source>
            <translation>Das Klavier ist sehr leise.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>The settings could not be read.</source>
            <translation>Die Einstellungen waren nicht lesbar.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>The take cannot be saved.</source>
            <translation>Die Aufnahme lässt sich nicht speichern.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>This cannot be set.</source>
            <translation>Das lässt sich so nicht einstellen.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>This computer cannot keep up.</source>
            <translation>Dieser Computer kommt nicht mit.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>This computer stood still.</source>
            <translation>Dieser Computer stand still.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>This computer's sound system held it back for a moment. It was left out.</source>
            <translation>Das Tonsystem dieses Computers hielt ihn einen Moment zurück. Er wurde ausgelassen.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>This run is not recorded.</source>
            <translation>Dieser Durchgang wird nicht aufgenommen.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Try again</source>
            <translation>Erneut versuchen</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Turn the gain down until the meter stays below −6 dB.</source>
            <translation>Senken Sie den Pegel, bis die Anzeige unter −6 dB bleibt.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Use another input</source>
            <translation>Anderen Eingang nehmen</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Use headphones or turn the speakers down, then send again.</source>
            <translation>Nehmen Sie Kopfhörer oder drehen Sie die Lautsprecher leiser, dann wieder senden.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Use headphones or turn the speakers down.</source>
            <translation>Nehmen Sie Kopfhörer oder drehen Sie die Lautsprecher leiser.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Use input {1}</source>
            <translation>Eingang {1} nehmen</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>What was played meanwhile is lost.</source>
            <translation>Was inzwischen gespielt wurde, ist verloren.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Windows has no virtual MIDI port yet.</source>
            <translation>Windows hat noch keinen virtuellen MIDI-Port.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Your computer seems to clean the sound for speech.</source>
            <translation>Ihr Computer optimiert den Ton offenbar für Sprache.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>Your take is safe. Listening goes on when it is back.</source>
            <translation>Ihre Aufnahme ist sicher. Es geht weiter, sobald er wieder da ist.</translation>
        </message>
        <message>
            <location filename="../../gui/state/banners.py" />
            <source>{} was saved.</source>
            <translation>{} wurde gesichert.</translation>
        </message>
        <message>
            <location filename="../../gui/state/curve.py" />
            <source>Fixed {}</source>
            <translation>Fest {}</translation>
        </message>
        <message>
            <location filename="../../gui/state/curve.py" />
            <source>Hard −{}</source>
            <translation>Hart −{}</translation>
        </message>
        <message>
            <location filename="../../gui/state/curve.py" />
            <source>Soft +{}</source>
            <translation>Weich +{}</translation>
        </message>
        <message>
            <location filename="../../gui/state/failures.py" />
            <source>It failed inside Liszten; the log tells more.</source>
            <comment>unexpected</comment>
            <translation>Das ist in Liszten selbst gescheitert; das Protokoll sagt mehr.</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>1 note</source>
            <translation>1 Note</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>1 take</source>
            <translation>1 Aufnahme</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>April</source>
            <translation>April</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>August</source>
            <translation>August</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>December</source>
            <translation>Dezember</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>February</source>
            <translation>Februar</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>January</source>
            <translation>Januar</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>July</source>
            <translation>Juli</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>June</source>
            <translation>Juni</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>March</source>
            <translation>März</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>May</source>
            <translation>Mai</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>November</source>
            <translation>November</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>October</source>
            <translation>Oktober</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>September</source>
            <translation>September</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>Today, {}</source>
            <translation>Heute, {}</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>Yesterday, {}</source>
            <translation>Gestern, {}</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>{day} {month} {year}, {time}</source>
            <translation>{day}. {month} {year}, {time}</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>{day} {month}, {time}</source>
            <translation>{day}. {month}, {time}</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>{} notes</source>
            <translation>{} Noten</translation>
        </message>
        <message>
            <location filename="../../gui/state/formatting.py" />
            <source>{} takes</source>
            <translation>{} Aufnahmen</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>Correct for it: {}</source>
            <translation>Ausgleichen: {}</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>Correct nothing any more</source>
            <translation>Nichts mehr ausgleichen</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>Liszten corrects this: {}.</source>
            <translation>Liszten gleicht das aus: {}.</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>Move the microphone closer or turn the gain up, then play loudly again.</source>
            <translation>Stellen Sie das Mikrofon näher heran oder erhöhen Sie den Pegel; dann noch einmal laut spielen.</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>Nothing came back. You can play.</source>
            <translation>Es kam nichts zurück. Sie können spielen.</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>Now be silent for three seconds, so that the noise of the room is known.</source>
            <translation>Seien Sie nun drei Sekunden still, damit das Rauschen des Raums bekannt ist.</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>That is far: some notes may be taken for their neighbours until it is tuned.</source>
            <translation>Das ist viel: Bis es gestimmt ist, wird mancher Ton für seinen Nachbarn gehalten.</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>That is in tune.</source>
            <translation>Das ist gestimmt.</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>The last C was heard higher up: look for the one that is meant.</source>
            <translation>Das letzte C klang weiter oben: Suchen Sie das gemeinte.</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>The last C was heard lower down: look for the one that is meant.</source>
            <translation>Das letzte C klang weiter unten: Suchen Sie das gemeinte.</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>The noise gate goes between the room and your soft note.</source>
            <translation>Die Rauschsperre kommt zwischen den Raum und Ihren leisen Ton.</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>The room is loud, or the microphone far away: move it closer.</source>
            <translation>Der Raum ist laut oder das Mikrofon weit weg: Stellen Sie es näher heran.</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>This needs a microphone that listens and an open MIDI port.</source>
            <translation>Dazu braucht es ein Mikrofon, das zuhört, und einen offenen MIDI-Port.</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>Turn the gain of the input down, then play loudly again.</source>
            <translation>Senken Sie den Pegel des Eingangs und spielen Sie noch einmal laut.</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>Use headphones or turn the speakers down, then check again.</source>
            <translation>Nehmen Sie Kopfhörer oder drehen Sie die Lautsprecher leiser; dann noch einmal prüfen.</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>Your piano is in tune with A4 = 440 Hz.</source>
            <translation>Ihr Klavier stimmt mit A4 = 440 Hz überein.</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>Your piano is {} cents flat.</source>
            <translation>Ihr Klavier ist {} Cent zu tief.</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>Your piano is {} cents sharp.</source>
            <translation>Ihr Klavier ist {} Cent zu hoch.</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>good</source>
            <translation>gut</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>heard after {:.0f} ms</source>
            <translation>nach {:.0f} ms gehört</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>listening</source>
            <translation>hört zu</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>no echo</source>
            <translation>kein Echo</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>too loud</source>
            <translation>zu laut</translation>
        </message>
        <message>
            <location filename="../../gui/state/guide_words.py" />
            <source>too quiet</source>
            <translation>zu leise</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>Alt</source>
            <translation>Alt</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>Backspace</source>
            <translation>Rücktaste</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>Ctrl</source>
            <translation>Strg</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>Del</source>
            <translation>Entf</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>End</source>
            <translation>Ende</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>Enter</source>
            <translation>Eingabe</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>Home</source>
            <translation>Pos1</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>Ins</source>
            <translation>Einfg</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>Page down</source>
            <translation>Bild ab</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>Page up</source>
            <translation>Bild auf</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>Shift</source>
            <translation>Umschalt</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>Space</source>
            <translation>Leertaste</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>Tab</source>
            <translation>Tab</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>blocks faster</source>
            <translation>Balken schneller</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>blocks slower</source>
            <translation>Balken langsamer</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>blocks, staff, or both</source>
            <translation>Blöcke, Noten oder beides</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>bring back the take that was deleted</source>
            <translation>die gelöschte Aufnahme zurückholen</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>choose recordings to transcribe, a MIDI file to replay, or a piece to practise</source>
            <translation>Aufnahmen zum Umschreiben, eine MIDI-Datei zum Abspielen oder ein Stück zum Üben wählen</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>close what is open, leave full screen; else silence every note</source>
            <translation>schließt, was offen ist; verlässt das Vollbild; sonst: alle Noten aus</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>colours of the notes</source>
            <translation>Farben der Noten</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>delete the chosen take</source>
            <translation>die gewählte Aufnahme löschen</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>five seconds back; in practice a bar</source>
            <translation>fünf Sekunden zurück; beim Üben einen Takt</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>five seconds on; in practice a bar</source>
            <translation>fünf Sekunden vor; beim Üben einen Takt</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>fold the panel</source>
            <translation>Seitenfeld einklappen</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>full screen</source>
            <translation>Vollbild</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>go to the end; in practice finish the run</source>
            <translation>zum Ende; beim Üben den Durchgang beenden</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>go to the start</source>
            <translation>zum Anfang</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>keep the last five minutes as a take</source>
            <translation>die letzten fünf Minuten als Aufnahme behalten</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>let the piece follow</source>
            <translation>das Stück folgen lassen</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>let the piece wait, or run by itself</source>
            <translation>das Stück warten oder von selbst laufen lassen</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>listen or pause</source>
            <translation>zuhören oder Pause</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>loop on or off</source>
            <translation>Schleife an oder aus</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>name the chosen take</source>
            <translation>die gewählte Aufnahme benennen</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>next page</source>
            <translation>nächste Seite</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>note names</source>
            <translation>Notennamen</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>pass over what is waited for</source>
            <translation>übergehen, worauf gewartet wird</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>play or pause; in practice pass over what is not heard</source>
            <translation>abspielen oder anhalten; beim Üben übergehen, was nicht gehört wird</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>plots</source>
            <translation>Kurven</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>read level and state aloud</source>
            <translation>Pegel und Zustand vorlesen</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>record on or off</source>
            <translation>Aufnahme an oder aus</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>replay or practise faster</source>
            <translation>schneller abspielen oder üben</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>replay or practise slower</source>
            <translation>langsamer abspielen oder üben</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>report of the chosen take</source>
            <translation>Bericht über die gewählte Aufnahme</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>save the notes as a MIDI file</source>
            <translation>die Noten als MIDI-Datei sichern</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>second screen</source>
            <translation>zweiter Bildschirm</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>share the chosen take</source>
            <translation>die gewählte Aufnahme teilen</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>show the beat, or not</source>
            <translation>den Takt anzeigen oder nicht</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>the left hand alone</source>
            <translation>die linke Hand allein</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>the loop begins here</source>
            <translation>die Schleife beginnt hier</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>the loop ends here</source>
            <translation>die Schleife endet hier</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>the right hand alone</source>
            <translation>die rechte Hand allein</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>theme</source>
            <translation>Farbschema</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>this table</source>
            <translation>diese Übersicht</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>{} is the key for “{}”. Choose another, or change that one first.</source>
            <translation>{} ist die Taste für „{}“. Wählen Sie eine andere, oder ändern Sie zuerst jene.</translation>
        </message>
        <message>
            <location filename="../../gui/state/keymap.py" />
            <source>{} moves through the window or closes what is open. Choose another key.</source>
            <translation>{} bewegt durch das Fenster oder schließt, was offen ist. Wählen Sie eine andere Taste.</translation>
        </message>
        <message>
            <location filename="../../gui/state/option.py" />
            <source>On</source>
            <translation>An</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>1 suits nearly every program.</source>
            <translation>1 passt für fast jedes Programm.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>A click on a key plays it</source>
            <translation>Ein Klick auf eine Taste spielt sie</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>A graphics card is worth it only where the processor is too slow.</source>
            <translation>Eine Grafikkarte lohnt nur, wo der Prozessor zu langsam ist.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>A take begins by itself when something is played.</source>
            <translation>Eine Aufnahme beginnt von selbst, wenn etwas gespielt wird.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>A4 = {:.1f} Hz ({} cents)</source>
            <translation>A4 = {:.1f} Hz ({} Cent)</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Above zero soft strokes are sent louder, below zero softer.</source>
            <translation>Über null werden leise Töne lauter gesendet, unter null leiser.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Accessibility</source>
            <translation>Bedienungshilfen</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Advanced</source>
            <translation>Erweitert</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>An ear of your own, as liszten-export writes it.</source>
            <translation>Ein eigenes Ohr, wie liszten-export es schreibt.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>As its theme</source>
            <translation>Wie sein Farbschema</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>As the window</source>
            <translation>Wie das Fenster</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Background of the second screen</source>
            <translation>Hintergrund des zweiten Bildschirms</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Colours of the stage and of all around it.</source>
            <translation>Die Farben der Bühne und von allem um sie herum.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Daylight</source>
            <translation>Tag</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Documents</source>
            <translation>Dokumente</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Each take is a folder in it: sound, MIDI and notes.</source>
            <translation>Jede Aufnahme ist ein Ordner darin: Klang, MIDI und Töne.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Fewer keys are wider.</source>
            <translation>Weniger Tasten sind breiter.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Fewer keys are wider. A replay can show just those that it needs.</source>
            <translation>Weniger Tasten sind breiter. Eine Wiedergabe kann genau die zeigen, die sie braucht.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Folder of takes</source>
            <translation>Ordner der Aufnahmen</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>From the next start on.</source>
            <translation>Ab dem nächsten Start.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Green</source>
            <translation>Grün</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Green, for programs that film it and take it away. Transparent, over any window, where the desktop can.</source>
            <translation>Grün für Programme, die ihn filmen und es wegnehmen. Durchsichtig über jedem Fenster, wo der Desktop das kann.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Headphones</source>
            <translation>Kopfhörer</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>High contrast</source>
            <translation>Hoher Kontrast</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Ignore my own notes</source>
            <translation>Eigene Noten überhören</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>In points a second.</source>
            <translation>In Punkten pro Sekunde.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>In semitones, for what is sent; the picture shows the keys that were struck.</source>
            <translation>In Halbtönen, für das Gesendete; das Bild zeigt die angeschlagenen Tasten.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Keys of the second screen</source>
            <translation>Tasten des zweiten Bildschirms</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Liszten hears it as if it were in tune. The first-run guide measures it.</source>
            <translation>Liszten hört es, als wäre es gestimmt. Die Einrichtung misst die Stimmung.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Live: each note as soon as it is sure. For playing a synthesiser along, a constant delay is better.</source>
            <translation>Live: jede Note, sobald sie sicher ist. Wer über Liszten einen Synthesizer spielt, nimmt besser eine feste Verzögerung.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Loudest velocity</source>
            <translation>Lautester Anschlag</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Model file</source>
            <translation>Modelldatei</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>More hears softer notes, and more that nobody played.</source>
            <translation>Mehr hört leisere Töne, und mehr, die niemand gespielt hat.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>NVIDIA graphics card</source>
            <translation>NVIDIA-Grafikkarte</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Night</source>
            <translation>Nacht</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>No glow, no sparks, nothing fades. Blocks go on moving: they are what is played.</source>
            <translation>Kein Leuchten, keine Funken, nichts blendet über. Die Balken bewegen sich weiter: Sie sind das Gespielte.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>No note is let go sooner, unless its key is struck again.</source>
            <translation>Kein Ton endet früher, es sei denn, seine Taste wird wieder angeschlagen.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>None: practice is silent</source>
            <translation>Keine: Beim Üben bleibt es still</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Nothing softer begins a note. It never cuts off a note that sounds.</source>
            <translation>Nichts Leiseres beginnt einen Ton. Ein klingender Ton wird nie abgeschnitten.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Of a microphone with two. Auto takes the one that has sound.</source>
            <translation>Bei einem Mikrofon mit zweien. Auto nimmt den, auf dem etwas zu hören ist.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Of the words around the stage.</source>
            <translation>Der Wörter um die Bühne herum.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Of three tones and more, at the top left.</source>
            <translation>Aus drei und mehr Tönen, oben links.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>On blocks that are wide enough.</source>
            <translation>Auf Balken, die breit genug sind.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Pedal tails</source>
            <translation>Pedalfahnen</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Processor</source>
            <translation>Prozessor</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Processor only</source>
            <translation>Nur Prozessor</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Reduced motion</source>
            <translation>Weniger Bewegung</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Softest velocity</source>
            <translation>Leisester Anschlag</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Sound</source>
            <translation>Klang</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Takes and files</source>
            <translation>Aufnahmen</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>The least that is sent.</source>
            <translation>Das Leiseste, das gesendet wird.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>The light above a key that sounds.</source>
            <translation>Das Licht über einer klingenden Taste.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>The lowest key of the right hand. The white mark above the keys can be dragged as well.</source>
            <translation>Die tiefste Taste der rechten Hand. Auch die weiße Marke über den Tasten lässt sich ziehen.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>The most that is sent.</source>
            <translation>Das Lauteste, das gesendet wird.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>The note is sent to the port; it is neither heard nor recorded.</source>
            <translation>Der Ton wird an den Anschluss gesendet; er wird weder gehört noch aufgenommen.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>The second screen shows nothing but the stage.</source>
            <translation>Der zweite Bildschirm zeigt nichts als die Bühne.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>The shipped one</source>
            <translation>Das mitgelieferte</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Theme of the second screen</source>
            <translation>Farbschema des zweiten Bildschirms</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Transparent</source>
            <translation>Durchsichtig</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Tuning of the piano</source>
            <translation>Stimmung des Klaviers</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Velocity curve</source>
            <translation>Anschlagskurve</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>What comes back softer from speakers that play what Liszten sends. True repeats may go with it.</source>
            <translation>Was leiser aus Lautsprechern zurückkommt, die spielen, was Liszten sendet. Echte Wiederholungen können mitgehen.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>What rings on under the pedal, behind its block.</source>
            <translation>Was unter dem Pedal weiterklingt, hinter seinem Balken.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>What tells notes apart.</source>
            <translation>Was Töne unterscheidet.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Where the metronome and the hand that you do not practise sound. The microphone must not hear them.</source>
            <translation>Wo das Metronom und die Hand klingen, die Sie nicht üben. Das Mikrofon darf sie nicht hören.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Where the notes go. Liszten's own port is there as long as Liszten runs.</source>
            <translation>Wohin die Töne gehen. Der Anschluss von Liszten ist da, solange Liszten läuft.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Where the piano is heard. Bluetooth microphones cut off most of its sound.</source>
            <translation>Wo das Klavier gehört wird. Bluetooth-Mikrofone schneiden das meiste von seinem Klang ab.</translation>
        </message>
        <message>
            <location filename="../../gui/state/options.py" />
            <source>Whether it is heard and sent, as controller 64.</source>
            <translation>Ob es gehört und als Controller 64 gesendet wird.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>A DAW</source>
            <translation>Eine DAW</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>Arm a track with a piano and play.</source>
            <translation>Schalten Sie eine Spur mit einem Klavier scharf und spielen Sie.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>Choose “Follow you” under Skill, so that it waits for you.</source>
            <translation>Wählen Sie unter Skill „Follow you“, damit es auf Sie wartet.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>Choose “{port}” as MIDI input device.</source>
            <translation>Wählen Sie „{port}“ als MIDI-Eingabegerät.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>Choose “{port}” as input.</source>
            <translation>Wählen Sie „{port}“ als Eingang.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>Choose “{port}” in its MIDI settings; reload the page if it is not there.</source>
            <translation>Wählen Sie „{port}“ in den MIDI-Einstellungen; fehlt er, laden Sie die Seite neu.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>If you play to its sound, choose a constant delay in the panel.</source>
            <translation>Wer zu seinem Klang spielt, wählt im Seitenfeld eine feste Verzögerung.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>In Neothesia open Settings.</source>
            <translation>Öffnen Sie in Neothesia die Settings.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>In PianoBooster open Setup › MIDI Setup.</source>
            <translation>Öffnen Sie in PianoBooster Setup › MIDI Setup.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>In Synthesia open Settings › Music Devices.</source>
            <translation>Öffnen Sie in Synthesia Settings › Music Devices.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>In a piece set the tracks that you play to Human.</source>
            <translation>Stellen Sie in einem Stück Ihre Spuren auf „Human“.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>In the preferences of the DAW enable “{port}” as MIDI input.</source>
            <translation>Aktivieren Sie in den Einstellungen der DAW „{port}“ als MIDI-Eingang.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>Linux: where programs are wired by hand, connect “{port}” in qpwgraph.</source>
            <translation>Linux: Wo Programme von Hand verbunden werden, „{port}“ in qpwgraph verbinden.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>No monitoring on a track that sends to this port, else notes go in circles.</source>
            <translation>Kein Monitoring auf einer Spur, die an diesen Port sendet, sonst kreisen die Noten.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>None</source>
            <translation>Keines</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>Open Sightread in Chrome or Edge and allow it to use MIDI.</source>
            <translation>Öffnen Sie Sightread in Chrome oder Edge und erlauben Sie MIDI.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>Start Liszten first: Sightread looks for keyboards only when its page loads.</source>
            <translation>Starten Sie zuerst Liszten: Sightread sucht Keyboards nur beim Laden der Seite.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>The port stays open in the background, whenever you want it.</source>
            <translation>Der Port bleibt im Hintergrund offen, wann immer Sie ihn brauchen.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>Under Inputs switch “{port}” on and press “A keyboard”.</source>
            <translation>Schalten Sie unter Inputs „{port}“ ein und drücken Sie „A keyboard“.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>Under Outputs switch off what sounds, or wear headphones.</source>
            <translation>Schalten Sie unter Outputs aus, was klingt, oder nehmen Sie Kopfhörer.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>Windows: make “{port}” with loopMIDI or Windows MIDI Services first, and choose it above.</source>
            <translation>Windows: Legen Sie „{port}“ zuerst mit loopMIDI oder Windows MIDI Services an und wählen Sie ihn oben.</translation>
        </message>
        <message>
            <location filename="../../gui/state/recipes.py" />
            <source>macOS: “{port}” is there as long as Liszten runs; nothing else is needed.</source>
            <translation>macOS: „{port}“ ist da, solange Liszten läuft; mehr ist nicht nötig.</translation>
        </message>
        <message>
            <location filename="../../gui/state/session.py" />
            <source>No microphone is heard. Connect one, and play your piano.</source>
            <translation>Es ist kein Mikrofon zu hören. Schließen Sie eines an und spielen Sie.</translation>
        </message>
        <message>
            <location filename="../../gui/state/session.py" />
            <source>Play your piano — notes appear here.</source>
            <translation>Spielen Sie Klavier – hier erscheinen die Noten.</translation>
        </message>
        <message>
            <location filename="../../gui/state/session.py" />
            <source>Play your piano — notes appear here. They are not sent: no MIDI port is open.</source>
            <translation>Spielen Sie Klavier – hier erscheinen die Noten. Gesendet werden sie nicht: Kein MIDI-Port ist offen.</translation>
        </message>
        <message>
            <location filename="../../gui/state/settings.py" />
            <source>Accurate</source>
            <translation>Genau</translation>
        </message>
        <message>
            <location filename="../../gui/state/settings.py" />
            <source>Balanced</source>
            <translation>Ausgewogen</translation>
        </message>
        <message>
            <location filename="../../gui/state/settings.py" />
            <source>Fast</source>
            <translation>Schnell</translation>
        </message>
        <message>
            <location filename="../../gui/state/settings.py" />
            <source>It was kept as {path}, and everything is as it was at first.</source>
            <comment>settings.set_aside</comment>
            <translation>Sie liegen nun in {path}; alles steht wieder wie am Anfang.</translation>
        </message>
        <message>
            <location filename="../../gui/takes/mp4.py" />
            <source>This installation of PyAV cannot write H.264 and AAC. Install the common one: pip install --force-reinstall av</source>
            <comment>video.no_encoder</comment>
            <translation>Dieses PyAV kann H.264 und AAC nicht schreiben. Installieren Sie das übliche: pip install --force-reinstall av</translation>
        </message>
        <message>
            <location filename="../../gui/takes/report_jobs.py" />
            <source>The report was saved as {}.</source>
            <translation>Der Bericht wurde als {} gespeichert.</translation>
        </message>
        <message>
            <location filename="../../gui/takes/sharing.py" />
            <source>It could not be written: the program that was writing it ended.</source>
            <comment>share.died</comment>
            <translation>Es konnte nicht geschrieben werden: Das Programm, das es schrieb, wurde beendet.</translation>
        </message>
        <message>
            <location filename="../../gui/takes/takes_controller.py" />
            <source>The notes were saved as {}.</source>
            <translation>Die Noten wurden als {} gesichert.</translation>
        </message>
        <message>
            <location filename="../../gui/takes/takes_controller.py" />
            <source>There is nothing to bring back.</source>
            <translation>Es gibt nichts zurückzuholen.</translation>
        </message>
        <message>
            <location filename="../../gui/takes/takes_controller.py" />
            <source>“{}” was deleted.</source>
            <translation>„{}“ wurde gelöscht.</translation>
        </message>
        <message>
            <location filename="../../gui/takes/video.py" />
            <source>{fps} pictures a second are not possible. Give {least} to {greatest}.</source>
            <comment>video.no_rate</comment>
            <translation>{fps} Bilder je Sekunde gehen nicht. Wählen Sie {least} bis {greatest}.</translation>
        </message>
        <message>
            <location filename="../../gui/takes/video.py" />
            <source>{size} is no size for a video. Give even numbers from {least} to {greatest}.</source>
            <comment>video.no_size</comment>
            <translation>{size} ist keine Größe für ein Video. Wählen Sie gerade Zahlen von {least} bis {greatest}.</translation>
        </message>
        <message>
            <location filename="../../gui/takes/video.py" />
            <source>{take} holds no notes, so there is nothing to show. Choose another take.</source>
            <comment>video.no_notes</comment>
            <translation>{take} enthält keine Noten; es gibt nichts zu zeigen. Wählen Sie eine andere Aufnahme.</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/controls.py" />
            <source>{}: higher</source>
            <translation>{}: höher</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/controls.py" />
            <source>{}: lower</source>
            <translation>{}: tiefer</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/file_drop.py" />
            <source>Drop the files to transcribe them</source>
            <translation>Dateien loslassen, um sie zu transkribieren</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/file_drop.py" />
            <source>Recordings become takes, a MIDI file is replayed</source>
            <translation>Aufzeichnungen werden zu Aufnahmen, eine MIDI-Datei wird abgespielt</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/meter_view.py" />
            <source>CLIP</source>
            <translation>CLIP</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/meter_view.py" />
            <source>Input level</source>
            <translation>Eingangspegel</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/meter_view.py" />
            <source>Play loudly: the peaks should lie between −12 and −6 dB.</source>
            <translation>Spielen Sie laut: Die Spitzen sollten zwischen −12 und −6 dB liegen.</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/meter_view.py" />
            <source>{}, {:.0f} decibels full scale</source>
            <translation>{}, {:.0f} Dezibel Vollaussteuerung</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/option_row.py" />
            <source>At first: {}.</source>
            <translation>Anfangs: {}.</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/practice/bar_shares.py" />
            <source>Bar {}: {:.0f} % right</source>
            <translation>Takt {}: {:.0f} % richtig</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/practice/bar_shares.py" />
            <source>How sure each bar is</source>
            <translation>Wie sicher jeder Takt ist</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/practice/bar_shares.py" />
            <source>every bar is sure</source>
            <translation>jeder Takt sitzt</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/practice/bar_strip.py" />
            <source>The piece, bar by bar</source>
            <translation>Das Stück, Takt für Takt</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/practice/lesson_view.py" />
            <source>no key down</source>
            <translation>keine Taste gedrückt</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/practice/run_views.py" />
            <source>No notes yet</source>
            <translation>Noch keine Noten</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/practice/run_views.py" />
            <source>early</source>
            <translation>zu früh</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/practice/run_views.py" />
            <source>late</source>
            <translation>zu spät</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/practice/run_views.py" />
            <source>notes right</source>
            <translation>Noten richtig</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/practice/run_views.py" />
            <source>{:.0f} % of the notes right</source>
            <translation>{:.0f} % der Noten richtig</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/practice/split.py" />
            <source>Split between sheet music and blocks</source>
            <translation>Grenze zwischen Noten und Blöcken</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/practice/staff_view.py" />
            <source>Drawing the sheet music …</source>
            <translation>Das Notenblatt wird gezeichnet …</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/practice/staff_view.py" />
            <source>The sheet music cannot be drawn.</source>
            <translation>Das Notenblatt lässt sich nicht zeichnen.</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/reset_offer.py" />
            <source>Every setting is as it was at first.</source>
            <translation>Jede Einstellung ist wieder wie am Anfang.</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/stage/stage_widget.py" />
            <source>Keyboard display</source>
            <translation>Klaviatur</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/tabs.py" />
            <source>Pages</source>
            <translation>Seiten</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/tabs.py" />
            <source>{}, {} new</source>
            <translation>{}, {} neu</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/transport/loop_strip.py" />
            <source>Click to go there, drag to loop a part. Flags A and B can be dragged.</source>
            <translation>Klicken, um dorthin zu springen; ziehen, um einen Teil zu wiederholen. Die Fahnen A und B lassen sich ziehen.</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/transport/ramp_button.py" />
            <source>Growing tempo</source>
            <translation>Wachsendes Tempo</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/transport/ramp_button.py" />
            <source>The tempo stays</source>
            <translation>Das Tempo bleibt</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/transport/ramp_button.py" />
            <source>up to {} %</source>
            <translation>bis {} %</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/transport/ramp_button.py" />
            <source>{step} % faster after {rounds} rounds</source>
            <translation>Nach je {rounds} Runden {step} % schneller</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/transport/ramp_button.py" />
            <source>{} % faster after each round</source>
            <translation>Nach jeder Runde {} % schneller</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/transport/roll_view.py" />
            <source>The last minute</source>
            <translation>Die letzte Minute</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/transport/seek_view.py" />
            <source>The whole piece</source>
            <translation>Das ganze Stück</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/transport/tempo_view.py" />
            <source>At any other tempo a sampled piano plays the notes in place of the recording.</source>
            <translation>In jedem anderen Tempo spielt statt der Aufnahme ein gesampeltes Klavier die Noten.</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/transport/tempo_view.py" />
            <source>Faster</source>
            <translation>Schneller</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/transport/tempo_view.py" />
            <source>Slower</source>
            <translation>Langsamer</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/transport/tempo_view.py" />
            <source>Tempo, in per cent of how it was played; a click goes back to 100 %.</source>
            <translation>Tempo in Prozent des gespielten; ein Klick stellt 100 % wieder her.</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/transport/tempo_view.py" />
            <source>Tempo: {} %</source>
            <translation>Tempo: {} %</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/velocity_view.py" />
            <source>Drag the line: how hard a key must be struck. Drag its ends: softest and loudest.</source>
            <translation>Linie ziehen: wie fest eine Taste angeschlagen werden muss. Enden ziehen: leisester und lautester Ton.</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/velocity_view.py" />
            <source>Velocity curve, {}</source>
            <translation>Anschlagskurve, {}</translation>
        </message>
        <message>
            <location filename="../../realtime/analysis/key.py" />
            <source>A</source>
            <comment>tonic.a</comment>
            <translation>A</translation>
        </message>
        <message>
            <location filename="../../realtime/analysis/key.py" />
            <source>Ab</source>
            <comment>tonic.a_flat</comment>
            <translation>As</translation>
        </message>
        <message>
            <location filename="../../realtime/analysis/key.py" />
            <source>B</source>
            <comment>tonic.b</comment>
            <translation>H</translation>
        </message>
        <message>
            <location filename="../../realtime/analysis/key.py" />
            <source>Bb</source>
            <comment>tonic.b_flat</comment>
            <translation>B</translation>
        </message>
        <message>
            <location filename="../../realtime/analysis/key.py" />
            <source>C</source>
            <comment>tonic.c</comment>
            <translation>C</translation>
        </message>
        <message>
            <location filename="../../realtime/analysis/key.py" />
            <source>C#</source>
            <comment>tonic.c_sharp</comment>
            <translation>Cis</translation>
        </message>
        <message>
            <location filename="../../realtime/analysis/key.py" />
            <source>D</source>
            <comment>tonic.d</comment>
            <translation>D</translation>
        </message>
        <message>
            <location filename="../../realtime/analysis/key.py" />
            <source>Db</source>
            <comment>tonic.d_flat</comment>
            <translation>Des</translation>
        </message>
        <message>
            <location filename="../../realtime/analysis/key.py" />
            <source>E</source>
            <comment>tonic.e</comment>
            <translation>E</translation>
        </message>
        <message>
            <location filename="../../realtime/analysis/key.py" />
            <source>Eb</source>
            <comment>tonic.e_flat</comment>
            <translation>Es</translation>
        </message>
        <message>
            <location filename="../../realtime/analysis/key.py" />
            <source>F</source>
            <comment>tonic.f</comment>
            <translation>F</translation>
        </message>
        <message>
            <location filename="../../realtime/analysis/key.py" />
            <source>F#</source>
            <comment>tonic.f_sharp</comment>
            <translation>Fis</translation>
        </message>
        <message>
            <location filename="../../realtime/analysis/key.py" />
            <source>G</source>
            <comment>tonic.g</comment>
            <translation>G</translation>
        </message>
        <message>
            <location filename="../../realtime/analysis/key.py" />
            <source>G#</source>
            <comment>tonic.g_sharp</comment>
            <translation>Gis</translation>
        </message>
        <message>
            <location filename="../../realtime/analysis/key.py" />
            <source>{tonic} major</source>
            <comment>key.major</comment>
            <translation>{tonic}-Dur</translation>
        </message>
        <message>
            <location filename="../../realtime/analysis/key.py" />
            <source>{tonic} minor</source>
            <comment>key.minor</comment>
            <translation>{tonic}-Moll</translation>
        </message>
        <message>
            <location filename="../../realtime/analysis/metre.py" />
            <source>{text} is no time signature. Give one such as 3/4 or 6/8.</source>
            <comment>score.no_signature</comment>
            <translation>{text} ist keine Taktart. Nennen Sie eine wie 3/4 oder 6/8.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/audio_file.py" />
            <source>{path} is broken or no audio that Liszten can read. Try to convert it to WAV.</source>
            <comment>audio.broken</comment>
            <translation>{path} ist beschädigt oder keine Aufnahme, die Liszten lesen kann. Wandeln Sie sie in WAV um.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/capture.py" />
            <source>Input "{name}" cannot be opened; it may be in use or unplugged.</source>
            <comment>input.not_opened</comment>
            <translation>Der Eingang „{name}“ lässt sich nicht öffnen; vielleicht ist er belegt oder ausgesteckt.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/capture.py" />
            <source>Input "{name}" has no channel {channel}, only {channels}.</source>
            <comment>input.no_channel</comment>
            <translation>Der Eingang „{name}“ hat keinen Kanal {channel}, nur {channels}.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/devices.py" />
            <source>Install it with: sudo apt install libportaudio2</source>
            <comment>input.install</comment>
            <translation>Installieren Sie sie mit: sudo apt install libportaudio2</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/devices.py" />
            <source>No audio system answers here. Start the sound server or connect a microphone, then try again.</source>
            <comment>input.no_system</comment>
            <translation>Hier antwortet kein Klangsystem. Starten Sie den Klangserver oder schließen Sie ein Mikrofon an und versuchen Sie es erneut.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/devices.py" />
            <source>No microphone found. Connect one or choose another input (`liszten devices` lists them).</source>
            <comment>input.none</comment>
            <translation>Kein Mikrofon gefunden. Schließen Sie eines an oder wählen Sie einen anderen Eingang.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/devices.py" />
            <source>Reinstall Liszten: pip install --force-reinstall sounddevice</source>
            <comment>input.reinstall</comment>
            <translation>Installieren Sie Liszten neu: pip install --force-reinstall sounddevice</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/devices.py" />
            <source>The sound library PortAudio is missing. {way_out}</source>
            <comment>input.no_library</comment>
            <translation>Die Klangbibliothek PortAudio fehlt. {way_out}</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/devices.py" />
            <source>There is no input "{name}". There are: {names}.</source>
            <comment>input.not_there</comment>
            <translation>Es gibt keinen Eingang „{name}“, aber: {names}.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/ffmpeg.py" />
            <source>{path} has no index: its recorder did not finish it, or a copy broke off. Copy it again, or try a repair program.</source>
            <comment>audio.not_finished</comment>
            <translation>{path} hat kein Inhaltsverzeichnis: Das Aufnahmegerät hat die Datei nicht abgeschlossen, oder eine Kopie brach ab. Kopieren Sie sie noch einmal, oder versuchen Sie es mit einem Reparaturprogramm.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/ffmpeg.py" />
            <source>{path} holds {count} streams of sound; number {number} is read, since the one that players choose is silent.</source>
            <comment>audio.silent_stream</comment>
            <translation>{path} enthält {count} Tonspuren; gelesen wird Nummer {number}, da die, die Abspielprogramme wählen, stumm ist.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/ffmpeg.py" />
            <source>{path} holds {count} streams of sound; number {number} is read. For another one, save it in a file of its own.</source>
            <comment>audio.streams</comment>
            <translation>{path} enthält {count} Tonspuren; gelesen wird Nummer {number}. Speichern Sie eine andere in einer eigenen Datei.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/ffmpeg.py" />
            <source>{path} is copy-protected, and only its shop's own program plays it. Choose another file.</source>
            <comment>audio.protected</comment>
            <translation>{path} ist kopiergeschützt und nur mit dem Programm des Händlers abspielbar. Wählen Sie eine andere Datei.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/files.py" />
            <source>There is no file {path}. Check the name and the folder.</source>
            <comment>audio.missing</comment>
            <translation>Es gibt keine Datei {path}. Prüfen Sie Namen und Ordner.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/files.py" />
            <source>{path} cannot be read ({why}). Check its permissions.</source>
            <comment>audio.unreadable</comment>
            <translation>{path} ist nicht lesbar ({why}). Prüfen Sie die Zugriffsrechte.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/files.py" />
            <source>{path} holds no sound. Record it again, or choose another file.</source>
            <comment>audio.no_sound</comment>
            <translation>{path} enthält keinen Ton. Nehmen Sie neu auf oder wählen Sie eine andere Datei.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/files.py" />
            <source>{path} is a folder. Name the recordings in it, for example {example}.</source>
            <comment>audio.is_folder</comment>
            <translation>{path} ist ein Ordner. Wählen Sie die Aufnahmen darin, zum Beispiel {example}.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/files.py" />
            <source>{path} is a pipe or a device, not a file. Save its sound in a file first.</source>
            <comment>audio.no_file</comment>
            <translation>{path} ist eine Pipe oder ein Gerät, keine Datei. Speichern Sie den Ton zuerst in einer Datei.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/level.py" />
            <source>{path} goes {over_db:.0f} dB beyond full scale.</source>
            <comment>audio.beyond</comment>
            <translation>{path} liegt {over_db:.0f} dB über Vollaussteuerung.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/level.py" />
            <source>{path} goes {over_db:.0f} dB beyond full scale; it was lowered by as much.</source>
            <comment>audio.lowered</comment>
            <translation>{path} liegt {over_db:.0f} dB über Vollaussteuerung und wurde um ebenso viel leiser gemacht.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/level.py" />
            <source>{path} is clipped: its loudest moments are cut off, and notes may be wrong there. Record with less gain.</source>
            <comment>audio.clipped</comment>
            <translation>{path} ist übersteuert: Die lautesten Stellen sind abgeschnitten, Noten können dort falsch sein. Nehmen Sie leiser auf.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/level.py" />
            <source>{path} is far too quiet ({level_db:.0f} dBFS); it was raised by {gain_db:.0f} dB, noise and all.</source>
            <comment>audio.raised</comment>
            <translation>{path} ist viel zu leise ({level_db:.0f} dBFS) und wurde um {gain_db:.0f} dB angehoben, samt Rauschen.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/level.py" />
            <source>{path} is far too quiet: its loudest moments have {level_db:.0f} dBFS.</source>
            <comment>audio.too_quiet</comment>
            <translation>{path} ist viel zu leise: Die lautesten Stellen haben {level_db:.0f} dBFS.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/libsndfile.py" />
            <source>{path} does not say how long it is, as when a recorder was stopped by force. It is read to the end of the file, {length_s:.1f} s.</source>
            <comment>audio.unfinished</comment>
            <translation>{path} gibt keine Länge an, wie nach einem abgebrochenen Aufnahmeprogramm. Die Datei wird bis zu ihrem Ende gelesen, {length_s:.1f} s.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/libsndfile.py" />
            <source>{path} ends after {length_s:.1f} s, but should be {expected_s:.1f} s long.</source>
            <comment>audio.cut_off</comment>
            <translation>{path} endet nach {length_s:.1f} s, sollte aber {expected_s:.1f} s lang sein.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/mono.py" />
            <source>There is no channel '{text}'. Give a number from 1, or mix, or auto.</source>
            <comment>channel.unknown</comment>
            <translation>Es gibt keinen Kanal „{text}“. Wählen Sie eine Zahl ab 1, „Mix“ oder „Auto“.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/mono.py" />
            <source>There is no channel {channel}: the input has {channels}. Try --channel auto.</source>
            <comment>channel.not_there</comment>
            <translation>Es gibt keinen Kanal {channel}: Der Eingang hat {channels}. Versuchen Sie „Auto“.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/tuning.py" />
            <source>The piano is tuned {cents:.0f} cents flat (A = {hertz:.0f} Hz); it is heard as if it were in tune.</source>
            <comment>tuning.flat</comment>
            <translation>Das Klavier ist {cents:.0f} Cent zu tief gestimmt (A = {hertz:.0f} Hz); es wird gehört, als wäre es gestimmt.</translation>
        </message>
        <message>
            <location filename="../../realtime/audio/tuning.py" />
            <source>The piano is tuned {cents:.0f} cents sharp (A = {hertz:.0f} Hz); it is heard as if it were in tune.</source>
            <comment>tuning.sharp</comment>
            <translation>Das Klavier ist {cents:.0f} Cent zu hoch gestimmt (A = {hertz:.0f} Hz); es wird gehört, als wäre es gestimmt.</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/client.py" />
            <source>Listening failed again and again. The log tells more: {path}</source>
            <comment>engine.given_up</comment>
            <translation>Das Zuhören brach immer wieder ab. Mehr steht im Protokoll: {path}</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/client.py" />
            <source>Listening stopped for a moment and goes on.</source>
            <comment>engine.restarted</comment>
            <translation>Das Zuhören setzte kurz aus und geht weiter.</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/echo_test.py" />
            <source>Listening does not begin. Run `liszten doctor` to see why.</source>
            <comment>echo.not_listening</comment>
            <translation>Das Zuhören beginnt nicht. `liszten doctor` sagt, warum.</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/server.py" />
            <source>Listening failed inside Liszten; the log tells more.</source>
            <comment>engine.failed</comment>
            <translation>Beim Zuhören gab es einen Fehler in Liszten; mehr steht im Protokoll.</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/server.py" />
            <source>The last minutes cannot be kept: {why}. Choose another folder.</source>
            <comment>recent.unsaved</comment>
            <translation>Die letzten Minuten lassen sich nicht behalten: {why}. Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/server.py" />
            <source>The {name} output failed and is left out: {why}.</source>
            <comment>engine.sink_failed</comment>
            <translation>Die Ausgabe „{name}“ ist gescheitert und bleibt weg: {why}.</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/server.py" />
            <source>There is nothing to keep yet: no sound was heard.</source>
            <comment>recent.empty</comment>
            <translation>Es gibt noch nichts zu behalten: Es war nichts zu hören.</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/settings.py" />
            <source>The {name} cannot be {value:g}. Choose a value from {least:g} to {most:g}.</source>
            <comment>settings.out_of_range</comment>
            <translation>„{name}“ kann nicht {value:g} sein. Wählen Sie einen Wert von {least:g} bis {most:g}.</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/settings.py" />
            <source>gate in dBFS</source>
            <comment>settings.gate</comment>
            <translation>Schwelle in dBFS</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/settings.py" />
            <source>sensitivity</source>
            <comment>settings.sensitivity</comment>
            <translation>Empfindlichkeit</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/settings.py" />
            <source>shortest note in milliseconds</source>
            <comment>settings.min_note</comment>
            <translation>Kürzeste Note in Millisekunden</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/settings.py" />
            <source>tuning in cents</source>
            <comment>settings.tuning</comment>
            <translation>Stimmung in Cent</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/settings.py" />
            <source>velocity curve</source>
            <comment>settings.velocity</comment>
            <translation>Anschlagskurve</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/successor.py" />
            <source>The take in {folder} could not be finished: {why}.</source>
            <comment>take.not_finished</comment>
            <translation>Die Aufnahme in {folder} konnte nicht abgeschlossen werden: {why}.</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/watches/faults.py" />
            <source>"{source}" was disconnected. Listening goes on when it is back.</source>
            <comment>watch.unplugged</comment>
            <translation>„{source}“ wurde getrennt. Das Zuhören geht weiter, sobald es wieder da ist.</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/watches/faults.py" />
            <source>The input is distorting. Turn the gain down until the meter stays below -6 dB.</source>
            <comment>watch.too_loud</comment>
            <translation>Der Eingang übersteuert. Senken Sie den Pegel, bis die Anzeige unter -6 dB bleibt.</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/watches/faults.py" />
            <source>This computer cannot keep up. Some sound was lost. Close other programs, the plots and the second screen.</source>
            <comment>watch.too_slow</comment>
            <translation>Dieser Computer kommt nicht mit. Etwas Ton ging verloren. Schließen Sie andere Programme, die Diagramme und den zweiten Bildschirm.</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/watches/faults.py" />
            <source>This computer stood still for {seconds:.1f} s, as in standby. What was played meanwhile is lost.</source>
            <comment>watch.stood_still</comment>
            <translation>Dieser Computer stand {seconds:.1f} s still, wie im Standby. Was inzwischen gespielt wurde, ist verloren.</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/watches/faults.py" />
            <source>{seconds:.1f} s of sound came too late from this computer's sound system and were left out.</source>
            <comment>watch.delivered_late</comment>
            <translation>{seconds:.1f} s Ton kamen zu spät vom Tonsystem dieses Computers und wurden ausgelassen.</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/watches/watches.py" />
            <source>Input {silent} is silent, but input {other} has sound.</source>
            <comment>watch.wrong_channel</comment>
            <translation>Eingang {silent} ist still, aber an Eingang {other} liegt Ton an.</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/watches/watches.py" />
            <source>Liszten hears its own notes from the speakers, {loop_ms:.0f} ms later. Use headphones or turn the speakers down.</source>
            <comment>watch.echo</comment>
            <translation>Liszten hört seine eigenen Noten aus den Lautsprechern, {loop_ms:.0f} ms später. Nehmen Sie Kopfhörer oder drehen Sie die Lautsprecher leiser.</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/watches/watches.py" />
            <source>Notes are sent to the MIDI port again.</source>
            <comment>watch.resumed</comment>
            <translation>An den MIDI-Port gehen wieder Noten.</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/watches/watches.py" />
            <source>Nothing is sent to the MIDI port for {seconds:.0f} s: Liszten heard its own notes again and again. Use headphones or turn the speakers down.</source>
            <comment>watch.runaway</comment>
            <translation>An den MIDI-Port geht {seconds:.0f} s lang nichts: Liszten hörte immer wieder seine eigenen Noten. Nehmen Sie Kopfhörer oder stellen Sie die Lautsprecher leiser.</translation>
        </message>
        <message>
            <location filename="../../realtime/engine/watches/watches.py" />
            <source>Your computer seems to clean the sound for speech. That removes piano notes. Turn off noise suppression and automatic gain.</source>
            <comment>watch.speech</comment>
            <translation>Ihr Computer optimiert den Ton offenbar für Sprache. Dabei gehen Klaviertöne verloren. Schalten Sie Rauschunterdrückung und automatische Verstärkung aus.</translation>
        </message>
        <message>
            <location filename="../../realtime/lateness.py" />
            <source>it is shown, as no MIDI is sent</source>
            <comment>lateness.program</comment>
            <translation>sie angezeigt wird, da kein MIDI gesendet wird</translation>
        </message>
        <message>
            <location filename="../../realtime/lateness.py" />
            <source>its MIDI message has left</source>
            <comment>lateness.midi</comment>
            <translation>ihre MIDI-Nachricht hinausgegangen ist</translation>
        </message>
        <message>
            <location filename="../../realtime/lateness.py" />
            <source>{delay:.0f} ms by design</source>
            <comment>lateness.constant</comment>
            <translation>{delay:.0f} ms nach Bauart</translation>
        </message>
        <message>
            <location filename="../../realtime/lateness.py" />
            <source>{design}, {median:.0f} ms measured, 95 % within {p95:.0f} ms</source>
            <comment>lateness.measured</comment>
            <translation>{design}, {median:.0f} ms gemessen, 95 % innerhalb von {p95:.0f} ms</translation>
        </message>
        <message>
            <location filename="../../realtime/lateness.py" />
            <source>{design}. Measured, from the sound at the microphone until {target}: half of the last {notes} notes took {median:.0f} ms or less, 95 % took {p95:.0f} ms or less.</source>
            <comment>lateness.explained</comment>
            <translation>{design}. Gemessen, vom Ton einer Note am Mikrofon bis {target}: die Hälfte der letzten {notes} Noten brauchte höchstens {median:.0f} ms, 95 % höchstens {p95:.0f} ms.</translation>
        </message>
        <message>
            <location filename="../../realtime/lateness.py" />
            <source>{design}. What it takes in all on this computer, from the sound at the microphone to the MIDI message, is measured while you play.</source>
            <comment>lateness.not_yet</comment>
            <translation>{design}. Was es auf diesem Computer insgesamt braucht, vom Ton am Mikrofon bis zur MIDI-Nachricht, wird gemessen, während Sie spielen.</translation>
        </message>
        <message>
            <location filename="../../realtime/lateness.py" />
            <source>{least:.0f} to {delay:.0f} ms by design</source>
            <comment>lateness.adaptive</comment>
            <translation>{least:.0f} bis {delay:.0f} ms nach Bauart</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/port.py" />
            <source>The MIDI port could not be started. Try again.</source>
            <comment>midi.not_started</comment>
            <translation>Der MIDI-Port ließ sich nicht starten. Versuchen Sie es erneut.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/port.py" />
            <source>The MIDI port is being opened.</source>
            <comment>midi.opening</comment>
            <translation>Der MIDI-Port wird geöffnet.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/port.py" />
            <source>The MIDI port's process has ended.</source>
            <comment>midi.process_ended</comment>
            <translation>Der MIDI-Port wurde unerwartet beendet.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/port_server.py" />
            <source>The MIDI port "{name}" is gone. Liszten opens it again as soon as it can.</source>
            <comment>midi.port_gone</comment>
            <translation>Der MIDI-Port „{name}“ ist weg. Liszten öffnet ihn wieder, sobald es geht.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/reader.py" />
            <source>The MIDI file holds {count} separate pieces (type 2); they follow one another.</source>
            <comment>midi_file.several_pieces</comment>
            <translation>Die MIDI-Datei enthält {count} getrennte Stücke (Typ 2); sie folgen aufeinander.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/reader.py" />
            <source>Track {track} of the MIDI file could be read to {time:.1f} s only (byte {byte}).</source>
            <comment>midi_file.damaged</comment>
            <translation>Spur {track} der MIDI-Datei war nur bis {time:.1f} s zu lesen (Byte {byte}).</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/reader.py" />
            <source>{path} is a broken MIDI file: its clock stands still.</source>
            <comment>reader.no_clock</comment>
            <translation>{path} ist eine beschädigte MIDI-Datei: Ihre Uhr steht still.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/reader.py" />
            <source>{path} is a broken MIDI file; save or copy it once more.</source>
            <comment>reader.broken_midi</comment>
            <translation>{path} ist eine beschädigte MIDI-Datei; speichern oder kopieren Sie sie noch einmal.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/reader.py" />
            <source>{path} is larger than {most} MB, which is no MIDI file of a performance.</source>
            <comment>reader.too_large</comment>
            <translation>{path} ist größer als {most} MB, also keine MIDI-Datei eines Vortrags.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/reader.py" />
            <source>{path} is of another format ({format}). Save it as a Standard MIDI File (.mid).</source>
            <comment>reader.other_format</comment>
            <translation>{path} hat ein anderes Format ({format}). Speichern Sie die Datei als Standard MIDI File (.mid).</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/smf.py" />
            <source>A second MIDI file in the same file was left out.</source>
            <comment>midi_file.second_file</comment>
            <translation>Eine zweite MIDI-Datei in derselben Datei wurde ausgelassen.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/smf.py" />
            <source>After the end of track {track} {count} bytes were left out.</source>
            <comment>midi_file.track_rest</comment>
            <translation>Nach dem Ende von Spur {track} wurden {count} Bytes ausgelassen.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/smf.py" />
            <source>The MIDI file gives a wrong length for track {track}.</source>
            <comment>midi_file.track_length</comment>
            <translation>Die MIDI-Datei nennt eine falsche Länge für Spur {track}.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/smf.py" />
            <source>The MIDI file has {count} more faults.</source>
            <comment>midi_file.more</comment>
            <translation>Die MIDI-Datei hat {count} weitere Fehler.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/smf.py" />
            <source>Track {track} of the MIDI file does not say what its first events are; that was guessed.</source>
            <comment>midi_file.no_status</comment>
            <translation>Spur {track} der MIDI-Datei sagt nicht, was ihre ersten Ereignisse sind; das wurde erraten.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/smf.py" />
            <source>Tracks in the MIDI file: {found}, although it says {count}.</source>
            <comment>midi_file.track_count</comment>
            <translation>Spuren in der MIDI-Datei: {found}, obwohl sie {count} angibt.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/smf.py" />
            <source>Values beyond 127 in track {track} were taken for 127: {count}.</source>
            <comment>midi_file.clipped</comment>
            <translation>Werte über 127 in Spur {track} wurden als 127 gelesen: {count}.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/system.py" />
            <source>Load ALSA's sequencer (sudo modprobe snd-seq) or start a JACK server.</source>
            <comment>midi.start_alsa</comment>
            <translation>Laden Sie den ALSA-Sequencer (sudo modprobe snd-seq) oder starten Sie einen JACK-Server.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/system.py" />
            <source>No MIDI port is called "{name}". There are: {names}.</source>
            <comment>midi.no_such_port</comment>
            <translation>Kein MIDI-Port heißt „{name}“. Es gibt: {names}.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/system.py" />
            <source>No MIDI system answers here. {way_out}</source>
            <comment>midi.no_system</comment>
            <translation>Hier antwortet kein MIDI-System. {way_out}</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/system.py" />
            <source>Restart CoreMIDI by logging in again.</source>
            <comment>midi.restart_coremidi</comment>
            <translation>Melden Sie sich neu an, damit CoreMIDI neu startet.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/system.py" />
            <source>Restart the Windows MIDI service.</source>
            <comment>midi.restart_windows</comment>
            <translation>Starten Sie den MIDI-Dienst von Windows neu.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/system.py" />
            <source>The MIDI port "{name}" cannot be opened; another program may have it to itself. Close that program, or choose another port.</source>
            <comment>midi.in_use</comment>
            <translation>Der MIDI-Port „{name}“ lässt sich nicht öffnen; vielleicht hat ein anderes Programm ihn für sich allein. Schließen Sie dieses Programm oder wählen Sie einen anderen Port.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/system.py" />
            <source>The package python-rtmidi, which sends the notes, does not load: {why}.</source>
            <comment>midi.broken_library</comment>
            <translation>Das Paket python-rtmidi, das die Noten sendet, lässt sich nicht laden: {why}.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/system.py" />
            <source>The package python-rtmidi, which sends the notes, is missing.</source>
            <comment>midi.no_library</comment>
            <translation>Das Paket python-rtmidi, das die Noten sendet, fehlt.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/system.py" />
            <source>Windows has no virtual MIDI port yet. Create one with loopMIDI or Windows MIDI Services, then choose it here.</source>
            <comment>midi.no_virtual_port</comment>
            <translation>Windows hat noch keinen virtuellen MIDI-Port. Legen Sie einen mit loopMIDI oder Windows MIDI Services an, und wählen Sie ihn dann hier.</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/system.py" />
            <source>none at all</source>
            <comment>midi.no_ports</comment>
            <translation>gar keinen</translation>
        </message>
        <message>
            <location filename="../../realtime/midi/system.py" />
            <source>{problem} To mend it: {command}</source>
            <comment>midi.library_remedy</comment>
            <translation>{problem} Abhilfe: {command}</translation>
        </message>
        <message>
            <location filename="../../realtime/piano/bank.py" />
            <source>{path} does not exist; a piano folder NAME holds NAME.json and NAME.L.ogg</source>
            <comment>piano.no_table</comment>
            <translation>{path} gibt es nicht; der Ordner eines Klaviers NAME enthält NAME.json und NAME.L.ogg</translation>
        </message>
        <message>
            <location filename="../../realtime/piano/bank.py" />
            <source>{path} is broken. Copy or install it again.</source>
            <comment>piano.broken</comment>
            <translation>{path} ist beschädigt. Kopieren oder installieren Sie die Datei neu.</translation>
        </message>
        <message>
            <location filename="../../realtime/piano/render.py" />
            <source>The take holds no notes, so there is nothing to play.</source>
            <comment>render.no_notes</comment>
            <translation>Die Aufnahme enthält keine Noten; es gibt nichts abzuspielen.</translation>
        </message>
        <message>
            <location filename="../../realtime/piano/render.py" />
            <source>The take lasts {hours:.0f} hours, more than a WAV file can hold. Cut it before you render it.</source>
            <comment>render.too_long</comment>
            <translation>Die Aufnahme dauert {hours:.0f} Stunden, mehr als eine WAV-Datei fasst. Kürzen Sie sie vorher.</translation>
        </message>
        <message>
            <location filename="../../realtime/piano/samples.py" />
            <source>{folder} lacks {file}</source>
            <comment>piano.lacking</comment>
            <translation>In {folder} fehlt {file}</translation>
        </message>
        <message>
            <location filename="../../realtime/piano/samples.py" />
            <source>{path} is broken, or not the mono sound of its table. Copy or install it again.</source>
            <comment>piano.other_sound</comment>
            <translation>{path} ist beschädigt oder nicht der einkanalige Klang seiner Tabelle. Kopieren oder installieren Sie die Datei neu.</translation>
        </message>
        <message>
            <location filename="../../realtime/piano/speaker_messages.py" />
            <source>No loudspeaker answers: the take is shown without its sound. Connect one, then play it again.</source>
            <comment>speaker.none</comment>
            <translation>Kein Lautsprecher antwortet: Die Aufnahme wird ohne ihren Ton gezeigt. Schließen Sie einen an, und spielen Sie sie noch einmal ab.</translation>
        </message>
        <message>
            <location filename="../../realtime/piano/speaker_messages.py" />
            <source>The headphones {name} are not there, so nothing sounds. The metronome is seen.</source>
            <comment>speaker.no_headphones</comment>
            <translation>Die Kopfhörer {name} sind nicht da, darum klingt nichts. Das Metronom ist zu sehen.</translation>
        </message>
        <message>
            <location filename="../../realtime/piano/speaker_messages.py" />
            <source>The headphones {name} do not answer, so nothing sounds. The metronome is seen.</source>
            <comment>speaker.no_answer</comment>
            <translation>Die Kopfhörer {name} antworten nicht, darum klingt nichts. Das Metronom ist zu sehen.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/document.py" />
            <source>{path} cannot be read: {why}.</source>
            <comment>notation.unreadable</comment>
            <translation>{path} lässt sich nicht lesen: {why}.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/document.py" />
            <source>{path} has more than {most} notes. Save the movement or the part that you practise by itself.</source>
            <comment>notation.too_large</comment>
            <translation>{path} hat mehr als {most} Noten. Speichern Sie den Satz oder die Stimme, die Sie üben, für sich.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/document.py" />
            <source>{path} is MusicXML of the rare kind that is ordered by bars. Save it once more as MusicXML.</source>
            <comment>notation.timewise</comment>
            <translation>{path} ist MusicXML der seltenen Art, die nach Takten geordnet ist. Speichern Sie die Datei noch einmal als MusicXML.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/document.py" />
            <source>{path} is a broken file of sheet music. Save it once more, or get it anew.</source>
            <comment>notation.broken</comment>
            <translation>{path} ist eine beschädigte Notendatei. Speichern Sie sie noch einmal, oder besorgen Sie sie neu.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/document.py" />
            <source>{path} is not sheet music that Liszten reads. Save it as MusicXML (.musicxml or .mxl).</source>
            <comment>notation.other_xml</comment>
            <translation>{path} sind keine Noten, die Liszten liest. Speichern Sie sie als MusicXML (.musicxml oder .mxl).</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/drafted.py" />
            <source>Rhythm, bars and hands were estimated from how it was played.</source>
            <comment>practice.draft</comment>
            <translation>Rhythmus, Takte und Hände wurden danach geschätzt, wie gespielt wurde.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/exercises.py" />
            <source>A difficulty lies between {least} and {most}.</source>
            <comment>exercise.no_such_difficulty</comment>
            <translation>Eine Schwierigkeit liegt zwischen {least} und {most}.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/exercises.py" />
            <source>Arpeggios in {key}</source>
            <comment>exercise.arpeggio</comment>
            <translation>Dreiklangsbrechungen in {key}</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/exercises.py" />
            <source>Cadence in {key}</source>
            <comment>exercise.cadence</comment>
            <translation>Kadenz in {key}</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/exercises.py" />
            <source>Five fingers in {key}</source>
            <comment>exercise.five_finger</comment>
            <translation>Fünf Finger in {key}</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/exercises.py" />
            <source>Scale in {key}</source>
            <comment>exercise.scale</comment>
            <translation>Tonleiter in {key}</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/exercises.py" />
            <source>Sight-reading in {key}</source>
            <comment>exercise.sight_reading</comment>
            <translation>Vom Blatt in {key}</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/exercises.py" />
            <source>There is no key of {tonic} here. Choose one of {tonics}.</source>
            <comment>exercise.no_such_key</comment>
            <translation>Die Tonart {tonic} gibt es hier nicht. Wählen Sie eine von {tonics}.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/hands.py" />
            <source>Which hand plays what is not written there: it was estimated.</source>
            <comment>practice.hands_estimated</comment>
            <translation>Welche Hand was spielt, steht dort nicht: Es wurde geschätzt.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/library.py" />
            <source>The list of what was practised cannot be read. It was kept as {path}.</source>
            <comment>library.set_aside</comment>
            <translation>Die Liste dessen, was geübt wurde, lässt sich nicht lesen. Sie wurde als {path} aufgehoben.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/notation.py" />
            <source>{path} takes too long to read. Save the movement or the part that you practise by itself.</source>
            <comment>notation.too_slow</comment>
            <translation>{path} braucht zu lange zum Lesen. Speichern Sie den Satz oder die Stimme, die Sie üben, für sich.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>Bar</source>
            <comment>marks.column_bar</comment>
            <translation>Takt</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>Bar by bar</source>
            <comment>marks.bars</comment>
            <translation>Takt für Takt</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>Below the line late, above it early; the band is what counts as on time: {ms:.0f} ms.</source>
            <comment>marks.times_note</comment>
            <translation>Unter der Linie zu spät, darüber zu früh; das Band zeigt, was als pünktlich gilt: {ms:.0f} ms.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>Early</source>
            <comment>marks.column_early</comment>
            <translation>Zu früh</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>Early and late, in milliseconds</source>
            <comment>marks.times</comment>
            <translation>Zu früh und zu spät, in Millisekunden</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>Extra</source>
            <comment>marks.column_extra</comment>
            <translation>Zusätzlich</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>Keys</source>
            <comment>marks.column_keys</comment>
            <translation>Tasten</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>Late</source>
            <comment>marks.column_late</comment>
            <translation>Zu spät</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>Missed</source>
            <comment>marks.column_missed</comment>
            <translation>Nicht gehört</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>The ear errs, too: listen before you believe it. Each bar has its number as printed.</source>
            <comment>marks.caveat</comment>
            <translation>Auch das Ohr irrt sich: Hören Sie nach, bevor Sie es glauben. Takte sind gezählt wie gedruckt.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>Try next</source>
            <comment>marks.next</comment>
            <translation>Als Nächstes</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>What was not right</source>
            <comment>marks.faults</comment>
            <translation>Was nicht stimmte</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>Wrong</source>
            <comment>marks.column_wrong</comment>
            <translation>Falsch</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>early</source>
            <comment>marks.early</comment>
            <translation>zu früh</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>late</source>
            <comment>marks.late</comment>
            <translation>zu spät</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>missed</source>
            <comment>marks.missed</comment>
            <translation>nicht gehört</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>right</source>
            <comment>marks.right</comment>
            <translation>richtig</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>wrong or extra</source>
            <comment>marks.wrong</comment>
            <translation>falsch oder zusätzlich</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>{right} of {written}</source>
            <comment>marks.of</comment>
            <translation>{right} von {written}</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>{right} of {written} keys right</source>
            <comment>marks.headline</comment>
            <translation>{right} von {written} Tasten richtig</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>{so_far} · {count} early or late</source>
            <comment>marks.early_late</comment>
            <translation>{so_far} · {count} zu früh oder zu spät</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>{so_far} · {count} extra</source>
            <comment>marks.extra_count</comment>
            <translation>{so_far} · {count} zusätzlich</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>{so_far} · {count} missed</source>
            <comment>marks.missed_count</comment>
            <translation>{so_far} · {count} nicht gehört</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/marks_page.py" />
            <source>{so_far} · {count} wrong</source>
            <comment>marks.wrong_count</comment>
            <translation>{so_far} · {count} falsch</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/page/rows.py" />
            <source>{key} by {ms:.0f} ms</source>
            <comment>marks.off_by</comment>
            <translation>{key} um {ms:.0f} ms</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/progress.py" />
            <source>Bar {first}, {hands}, {tempo} %</source>
            <comment>progress.loop_bar</comment>
            <translation>Takt {first}, {hands}, {tempo} %</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/progress.py" />
            <source>Bars {first}–{last}, {hands}, {tempo} %</source>
            <comment>progress.loop</comment>
            <translation>Takte {first}–{last}, {hands}, {tempo} %</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/progress.py" />
            <source>both hands</source>
            <comment>progress.both_hands</comment>
            <translation>beide Hände</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/progress.py" />
            <source>left hand alone</source>
            <comment>progress.left_alone</comment>
            <translation>linke Hand allein</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/progress.py" />
            <source>right hand alone</source>
            <comment>progress.right_alone</comment>
            <translation>rechte Hand allein</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/reading.py" />
            <source>{path} does not exist. Give a piece as MusicXML, MEI or MIDI, or a take.</source>
            <comment>practice.missing</comment>
            <translation>{path} gibt es nicht. Geben Sie ein Stück als MusicXML, MEI oder MIDI an, oder eine Aufnahme.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/reading.py" />
            <source>{path} is no piece that Liszten can read. Give it as MusicXML (.musicxml, .mxl), MEI or MIDI.</source>
            <comment>practice.no_piece</comment>
            <translation>{path} ist kein Stück, das Liszten lesen kann. Geben Sie es als MusicXML (.musicxml, .mxl), MEI oder MIDI an.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/score.py" />
            <source>There is nothing to play in bars {from_bar} to {to_bar} of {title}.</source>
            <comment>practice.silent_bars</comment>
            <translation>In den Takten {from_bar} bis {to_bar} von {title} gibt es nichts zu spielen.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/score.py" />
            <source>{title} has bars {first} to {last}. Bars {from_bar} to {to_bar} are not among them.</source>
            <comment>practice.no_such_bars</comment>
            <translation>{title} hat die Takte {first} bis {last}. Die Takte {from_bar} bis {to_bar} sind nicht darunter.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/score.py" />
            <source>{title} has no notes for the left hand. Practise it with both.</source>
            <comment>practice.no_left_hand</comment>
            <translation>{title} hat keine Noten für die linke Hand. Üben Sie mit beiden.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/score.py" />
            <source>{title} has no notes for the right hand. Practise it with both.</source>
            <comment>practice.no_right_hand</comment>
            <translation>{title} hat keine Noten für die rechte Hand. Üben Sie mit beiden.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/session.py" />
            <source>This does not seem to be {title}. Choose the piece that you play, or begin at another bar.</source>
            <comment>practice.other_piece</comment>
            <translation>Das scheint nicht {title} zu sein. Wählen Sie das Stück, das Sie spielen, oder beginnen Sie an einem anderen Takt.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/takes/judging.py" />
            <source>As it was told while {title} was practised.</source>
            <comment>judged.run</comment>
            <translation>Wie es beim Üben von {title} gesagt wurde.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/takes/judging.py" />
            <source>The recording of this run was broken off, and nothing that was told lies in it.</source>
            <comment>judged.broken_off</comment>
            <translation>Die Aufnahme dieses Durchgangs wurde abgebrochen, und nichts von dem, was gesagt wurde, liegt in ihr.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/takes/judging.py" />
            <source>The sound of the take was heard again, by the notes of {title}.</source>
            <comment>judged.sound</comment>
            <translation>Der Klang der Aufnahme wurde noch einmal gehört, mit den Noten von {title}.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/takes/judging.py" />
            <source>The take has no sound that can be heard again: its notes are compared with {title}.</source>
            <comment>judged.notes</comment>
            <translation>Die Aufnahme hat keinen Klang, der noch einmal gehört werden kann: Ihre Noten werden mit {title} verglichen.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/takes/judging.py" />
            <source>{so_far} The take ends where nobody played for long; what was told after that is left out.</source>
            <comment>judged.not_all</comment>
            <translation>{so_far} Die Aufnahme endet, wo lange niemand gespielt hat; was danach gesagt wurde, fehlt.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/takes/practised.py" />
            <source>{path} cannot be read: {why}.</source>
            <comment>practised.damaged</comment>
            <translation>{path} kann nicht gelesen werden: {why}.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/takes/practised.py" />
            <source>{take} is no run of practice.</source>
            <comment>practised.no_run</comment>
            <translation>{take} ist kein Durchgang beim Üben.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/unfolded.py" />
            <source>Only the first part for a keyboard is practised.</source>
            <comment>notation.first_part</comment>
            <translation>Geübt wird nur die erste Stimme für ein Tasteninstrument.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/unfolded.py" />
            <source>Only the part {part} is practised.</source>
            <comment>notation.one_part</comment>
            <translation>Geübt wird nur die Stimme {part}.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/unfolded.py" />
            <source>Practised is the part {part}. There are: {names}.</source>
            <comment>notation.several_parts</comment>
            <translation>Geübt wird die Stimme {part}. Es gibt: {names}.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/unfolded.py" />
            <source>The score gives no tempo: {tempo:.0f} quarters a minute are a choice of Liszten's.</source>
            <comment>practice.own_tempo</comment>
            <translation>Die Noten geben kein Tempo an: {tempo:.0f} Viertel in der Minute hat Liszten gewählt.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/unfolded.py" />
            <source>{path} has no notes that a piano can play.</source>
            <comment>notation.no_notes</comment>
            <translation>{path} hat keine Noten, die ein Klavier spielen kann.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/unfolded.py" />
            <source>{path} has no part {part}. There are: {names}.</source>
            <comment>notation.no_such_part</comment>
            <translation>{path} hat keine Stimme {part}. Es gibt: {names}.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/unfolded.py" />
            <source>{path} has {count} staves and no part for a piano among them. Save the piano's part by itself.</source>
            <comment>notation.no_piano</comment>
            <translation>{path} hat {count} Systeme, und keine Klavierstimme ist darunter. Speichern Sie die Klavierstimme für sich.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/unfolded.py" />
            <source>{path} is for drums. Liszten practises pieces for the piano.</source>
            <comment>notation.drums_only</comment>
            <translation>{path} ist für Schlagzeug. Liszten übt Stücke für Klavier.</translation>
        </message>
        <message>
            <location filename="../../realtime/practice/unfolded.py" />
            <source>{path} writes the piano on {count} staves. Liszten reads two, one a hand: put the notes of a third on these.</source>
            <comment>notation.many_staves</comment>
            <translation>{path} schreibt das Klavier auf {count} Systemen. Liszten liest zwei, eines für jede Hand: Schreiben Sie die Noten eines dritten in diese.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>+{figure}</source>
            <comment>figure.more</comment>
            <translation>+{figure}</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Clarity of the pulse</source>
            <comment>fact.clarity</comment>
            <translation>Deutlichkeit des Pulses</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Connected: held into the next note</source>
            <comment>fact.overlap</comment>
            <translation>Gebunden: in den nächsten Ton gehalten</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Dynamics</source>
            <comment>report.dynamics</comment>
            <translation>Dynamik</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Keys held</source>
            <comment>fact.held_ratio</comment>
            <translation>Tasten gehalten</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Loudest twentieth above</source>
            <comment>fact.loudest</comment>
            <translation>Lautestes Zwanzigstel über</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Mean velocity</source>
            <comment>fact.mean_velocity</comment>
            <translation>Mittlerer Anschlag</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Mixing more than 6 pitch classes</source>
            <comment>fact.blurred</comment>
            <translation>Mehr als 6 Tonklassen vermischt</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Neighbouring pitches mixed</source>
            <comment>fact.clash</comment>
            <translation>Nachbartöne vermischt</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Neighbouring steps differ by</source>
            <comment>fact.npvi</comment>
            <translation>Benachbarte Schritte unterscheiden sich um</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Notes of chords lie apart</source>
            <comment>fact.chord_async</comment>
            <translation>Akkordtöne liegen auseinander</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Notes under one pedal</source>
            <comment>fact.notes_per_pedal</comment>
            <translation>Töne in einem Pedal</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Pedal</source>
            <comment>report.pedal</comment>
            <translation>Pedal</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Pedal down</source>
            <comment>fact.pedal_share</comment>
            <translation>Pedal unten</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Presses</source>
            <comment>fact.presses</comment>
            <translation>Pedaltritte</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Pulse</source>
            <comment>fact.pulse</comment>
            <translation>Puls</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Short: held less than half the step</source>
            <comment>fact.staccato</comment>
            <translation>Kurz: weniger als den halben Schritt gehalten</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Softest twentieth below</source>
            <comment>fact.softest</comment>
            <translation>Leisestes Zwanzigstel unter</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Stays down for</source>
            <comment>fact.stroke</comment>
            <translation>Bleibt unten</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Steps of runs vary by</source>
            <comment>fact.run_spread</comment>
            <translation>Schritte in Läufen schwanken um</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Tempo varies by</source>
            <comment>fact.tempo_spread</comment>
            <translation>Tempo schwankt um</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Timing</source>
            <comment>report.timing</comment>
            <translation>Zeit</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Top note above the bass</source>
            <comment>fact.melody_over_bass</comment>
            <translation>Oberster Ton über dem Bass</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Top note comes before the others</source>
            <comment>fact.melody_lead</comment>
            <translation>Oberster Ton kommt vor den anderen</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Touch</source>
            <comment>report.touch</comment>
            <translation>Spielart</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>Velocities of runs vary by</source>
            <comment>fact.run_velocity</comment>
            <translation>Anschlag in Läufen schwankt um</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>{figure} %</source>
            <comment>unit.percent</comment>
            <translation>{figure} %</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>{figure} % of presses</source>
            <comment>unit.of_presses</comment>
            <translation>{figure} % der Tritte</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>{figure} % of steps</source>
            <comment>unit.of_steps</comment>
            <translation>{figure} % der Schritte</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>{figure} % of the step</source>
            <comment>unit.of_step</comment>
            <translation>{figure} % des Schritts</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>{figure} % of the time</source>
            <comment>unit.of_time</comment>
            <translation>{figure} % der Zeit</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>{figure} a minute</source>
            <comment>unit.a_minute</comment>
            <translation>{figure} je Minute</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>{figure} bpm</source>
            <comment>unit.bpm</comment>
            <translation>{figure} bpm</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>{figure} ms</source>
            <comment>unit.ms</comment>
            <translation>{figure} ms</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>{figure} pairs at a time</source>
            <comment>unit.pairs</comment>
            <translation>{figure} Paare zugleich</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>{figure} s</source>
            <comment>unit.s</comment>
            <translation>{figure} s</translation>
        </message>
        <message>
            <location filename="../../realtime/report/facts.py" />
            <source>−{figure}</source>
            <comment>figure.less</comment>
            <translation>−{figure}</translation>
        </message>
        <message>
            <location filename="../../realtime/report/measures/mood.py" />
            <source>calm</source>
            <comment>mood.calm</comment>
            <translation>ruhig</translation>
        </message>
        <message>
            <location filename="../../realtime/report/measures/mood.py" />
            <source>lively</source>
            <comment>mood.lively</comment>
            <translation>lebhaft</translation>
        </message>
        <message>
            <location filename="../../realtime/report/measures/mood.py" />
            <source>restless</source>
            <comment>mood.restless</comment>
            <translation>rastlos</translation>
        </message>
        <message>
            <location filename="../../realtime/report/measures/mood.py" />
            <source>wistful</source>
            <comment>mood.wistful</comment>
            <translation>wehmütig</translation>
        </message>
        <message>
            <location filename="../../realtime/report/measures/mood.py" />
            <source>{strikes_per_s:.1f} strikes a second, mean velocity {velocity:.0f}, {key}</source>
            <comment>mood.pace_and_velocity</comment>
            <translation>{strikes_per_s:.1f} Anschläge je Sekunde, mittlere Stärke {velocity:.0f}, {key}</translation>
        </message>
        <message>
            <location filename="../../realtime/report/measures/mood.py" />
            <source>{strikes_per_s:.1f} strikes a second, {key}</source>
            <comment>mood.pace</comment>
            <translation>{strikes_per_s:.1f} Anschläge je Sekunde, {key}</translation>
        </message>
        <message>
            <location filename="../../realtime/report/overview.py" />
            <source>Compared with {name}. Differences too small to mean anything are left out.</source>
            <comment>comparison.compared</comment>
            <translation>Verglichen mit {name}. Unterschiede, die zu klein sind, um etwas zu bedeuten, fehlen.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/overview.py" />
            <source>Likely key</source>
            <comment>overview.likely_key</comment>
            <translation>Wahrscheinliche Tonart</translation>
        </message>
        <message>
            <location filename="../../realtime/report/overview.py" />
            <source>Mood, by rule</source>
            <comment>overview.mood</comment>
            <translation>Stimmung, nach Regeln</translation>
        </message>
        <message>
            <location filename="../../realtime/report/overview.py" />
            <source>Most often</source>
            <comment>overview.most_often</comment>
            <translation>Am häufigsten</translation>
        </message>
        <message>
            <location filename="../../realtime/report/overview.py" />
            <source>Parts, roughly</source>
            <comment>overview.parts</comment>
            <translation>Teile, ungefähr</translation>
        </message>
        <message>
            <location filename="../../realtime/report/overview.py" />
            <source>Played</source>
            <comment>overview.played</comment>
            <translation>Gespielt</translation>
        </message>
        <message>
            <location filename="../../realtime/report/overview.py" />
            <source>Range</source>
            <comment>overview.range</comment>
            <translation>Umfang</translation>
        </message>
        <message>
            <location filename="../../realtime/report/overview.py" />
            <source>{compared} The two come from different sources, so part of what differs may be the hearing and not the playing.</source>
            <comment>comparison.other_source</comment>
            <translation>{compared} Die beiden kommen aus verschiedenen Quellen; ein Teil der Unterschiede kann also am Hören liegen und nicht am Spiel.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/overview.py" />
            <source>{key}, not clearly</source>
            <comment>overview.unclear_key</comment>
            <translation>{key}, nicht deutlich</translation>
        </message>
        <message>
            <location filename="../../realtime/report/overview.py" />
            <source>{low} to {high}, {semitones} semitones</source>
            <comment>overview.low_to_high</comment>
            <translation>{low} bis {high}, {semitones} Halbtöne</translation>
        </message>
        <message>
            <location filename="../../realtime/report/overview.py" />
            <source>{name} seems to be another piece, so the takes are not compared.</source>
            <comment>comparison.other_piece</comment>
            <translation>{name} scheint ein anderes Stück zu sein, deshalb werden die Aufnahmen nicht verglichen.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/overview.py" />
            <source>{pitch}; of all octaves {pitch_class}</source>
            <comment>overview.pitch_and_class</comment>
            <translation>{pitch}; über alle Oktaven {pitch_class}</translation>
        </message>
        <message>
            <location filename="../../realtime/report/overview.py" />
            <source>{playing_s:.1f} s, {strikes_per_s:.1f} strikes a second</source>
            <comment>overview.length_and_pace</comment>
            <translation>{playing_s:.1f} s, {strikes_per_s:.1f} Anschläge je Sekunde</translation>
        </message>
        <message>
            <location filename="../../realtime/report/overview.py" />
            <source>{word} ({because})</source>
            <comment>overview.mood_because</comment>
            <translation>{word} ({because})</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/impressions.py" />
            <source>Fewer than {least} notes are too few to say more.</source>
            <comment>report.few_notes</comment>
            <translation>Weniger als {least} Noten sind zu wenige, um mehr zu sagen.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/impressions.py" />
            <source>Less than {least_s:.0f} s of playing are too short to say more.</source>
            <comment>report.too_short</comment>
            <translation>Weniger als {least_s:.0f} s Spiel sind zu kurz, um mehr zu sagen.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/impressions.py" />
            <source>Nothing was played in this take.</source>
            <comment>report.nothing_played</comment>
            <translation>In dieser Aufnahme wurde nichts gespielt.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/impressions.py" />
            <source>Nowhere are there {least} notes within a few seconds, too sparse to say more.</source>
            <comment>report.too_sparse</comment>
            <translation>Nirgends liegen {least} Noten innerhalb weniger Sekunden; das ist zu spärlich, um mehr zu sagen.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/impressions.py" />
            <source>Only {share:.0f} % of the notes were heard for sure, so the figures may be wrong.</source>
            <comment>report.badly_heard</comment>
            <translation>Nur {share:.0f} % der Noten wurden sicher gehört; die Zahlen können also falsch sein.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/impressions.py" />
            <source>The file does not tell when keys are released, so nothing is said of touch and impressions.</source>
            <comment>report.no_releases</comment>
            <translation>Die Datei sagt nicht, wann Tasten losgelassen werden; deshalb steht hier nichts zu Spielart und Eindrücken.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/impressions.py" />
            <source>The impressions model {path} is missing. Install Liszten again.</source>
            <comment>report.model_missing</comment>
            <translation>Das Modell der Eindrücke {path} fehlt. Installieren Sie Liszten neu.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/impressions.py" />
            <source>This playing is unlike the classical pieces that the listeners rated, so impressions would be guesses.</source>
            <comment>report.unlike</comment>
            <translation>Dieses Spiel gleicht den klassischen Stücken nicht, die die Zuhörer beurteilt haben; Eindrücke wären geraten.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/impressions.py" />
            <source>{name} is not an impressions model of Liszten: {why}.</source>
            <comment>report.model_foreign</comment>
            <translation>{name} ist kein Modell der Eindrücke von Liszten: {why}.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>balanced</source>
            <comment>scale.balanced</comment>
            <translation>ausgewogen</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>blurred</source>
            <comment>scale.blurred</comment>
            <translation>verschwommen</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>bright</source>
            <comment>scale.bright</comment>
            <translation>hell</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>clean</source>
            <comment>scale.clean</comment>
            <translation>klar</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>colourful</source>
            <comment>scale.colourful</comment>
            <translation>farbig</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>convincing</source>
            <comment>scale.convincing</comment>
            <translation>überzeugend</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>dark</source>
            <comment>scale.dark</comment>
            <translation>dunkel</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>dark</source>
            <comment>scale.mood_dark</comment>
            <translation>dunkel</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>disproportioned</source>
            <comment>scale.disproportioned</comment>
            <translation>unausgewogen</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>doubtful</source>
            <comment>scale.doubtful</comment>
            <translation>zweifelnd</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>dramatic, expressive</source>
            <comment>scale.dramatic</comment>
            <translation>dramatisch, ausdrucksvoll</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>even</source>
            <comment>scale.even</comment>
            <translation>gleichmäßig</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>fast paced</source>
            <comment>scale.fast_paced</comment>
            <translation>schnell</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>flat</source>
            <comment>scale.flat</comment>
            <translation>flächig</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>hard, solid</source>
            <comment>scale.hard</comment>
            <translation>hart, fest</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>high energy</source>
            <comment>scale.high_energy</comment>
            <translation>viel Energie</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>honest</source>
            <comment>scale.honest</comment>
            <translation>ehrlich</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>imaginative</source>
            <comment>scale.imaginative</comment>
            <translation>fantasievoll</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>large range</source>
            <comment>scale.large_range</comment>
            <translation>großer Umfang</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>little range</source>
            <comment>scale.little_range</comment>
            <translation>kleiner Umfang</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>long</source>
            <comment>scale.long</comment>
            <translation>lang</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>loud</source>
            <comment>scale.loud</comment>
            <translation>laut</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>low energy</source>
            <comment>scale.low_energy</comment>
            <translation>wenig Energie</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>optimistic, pleasant</source>
            <comment>scale.optimistic</comment>
            <translation>zuversichtlich, freundlich</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>pure</source>
            <comment>scale.pure</comment>
            <translation>schlicht</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>raw, crude</source>
            <comment>scale.raw</comment>
            <translation>roh, grob</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>rich</source>
            <comment>scale.rich</comment>
            <translation>voll</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>saturated, wet</source>
            <comment>scale.saturated</comment>
            <translation>gesättigt, nass</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>shallow</source>
            <comment>scale.shallow</comment>
            <translation>flach</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>short</source>
            <comment>scale.short</comment>
            <translation>kurz</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>slow paced</source>
            <comment>scale.slow_paced</comment>
            <translation>langsam</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>soft</source>
            <comment>scale.timbre_soft</comment>
            <translation>leise</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>soft, cushioned</source>
            <comment>scale.soft</comment>
            <translation>weich, gepolstert</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>sophisticated, mellow</source>
            <comment>scale.sophisticated</comment>
            <translation>fein, mild</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>spacious</source>
            <comment>scale.spacious</comment>
            <translation>räumlich</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>sparse, dry</source>
            <comment>scale.sparse</comment>
            <translation>sparsam, trocken</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>stable</source>
            <comment>scale.stable</comment>
            <translation>stabil</translation>
        </message>
        <message>
            <location filename="../../realtime/report/panel/scales.py" />
            <source>unstable</source>
            <comment>scale.unstable</comment>
            <translation>schwankend</translation>
        </message>
        <message>
            <location filename="../../realtime/report/report.py" />
            <source>A guide, not a grade. Impressions are predicted from how listeners rated four classical pieces played by advanced pianists; they are no teacher's verdict, and one listener agrees with the others only moderately (r 0.43).</source>
            <comment>report.caveat</comment>
            <translation>Ein Anhalt, keine Note. Die Eindrücke sind vorhergesagt aus Urteilen von Zuhörern über vier klassische Stücke, gespielt von fortgeschrittenen Pianisten. Sie sind kein Urteil eines Lehrers, und ein Zuhörer stimmt mit den anderen nur mäßig überein (r 0,43).</translation>
        </message>
        <message>
            <location filename="../../realtime/report/report.py" />
            <source>All notes have one velocity, so nothing is said about loudness.</source>
            <comment>report.one_velocity</comment>
            <translation>Alle Noten haben denselben Anschlag, deshalb steht hier nichts zur Lautstärke.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/report.py" />
            <source>Heard notes are sure to some 20 ms, so nothing is said about how closely chords are struck.</source>
            <comment>report.no_chords</comment>
            <translation>Gehörte Noten sind auf etwa 20 ms sicher; deshalb steht hier nichts dazu, wie genau Akkorde zusammen kommen.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/report.py" />
            <source>There is no sustain pedal in it, so nothing is said about pedalling.</source>
            <comment>report.no_pedal</comment>
            <translation>Es kommt kein Haltepedal vor, deshalb steht hier nichts zum Pedal.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/report.py" />
            <source>Under a pedal that is down nobody hears keys released, so nothing is said about touch.</source>
            <comment>report.no_touch</comment>
            <translation>Bei getretenem Pedal hört niemand, wann Tasten losgelassen werden; deshalb steht hier nichts zur Spielart.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/report.py" />
            <source>{lost_s:.1f} s of sound were lost while it was recorded.</source>
            <comment>report.lost</comment>
            <translation>{lost_s:.1f} s Klang gingen bei der Aufnahme verloren.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/report.py" />
            <source>{lost} So much is missing that the figures may be wrong.</source>
            <comment>report.lost_too_much</comment>
            <translation>{lost} Es fehlt so viel, dass die Zahlen falsch sein können.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/rows.py" />
            <source>Articulation</source>
            <comment>report.articulation</comment>
            <translation>Artikulation</translation>
        </message>
        <message>
            <location filename="../../realtime/report/rows.py" />
            <source>How it may sound to listeners</source>
            <comment>report.impressions</comment>
            <translation>Wie es für Zuhörer klingen mag</translation>
        </message>
        <message>
            <location filename="../../realtime/report/rows.py" />
            <source>Interpretation</source>
            <comment>report.interpretation</comment>
            <translation>Deutung</translation>
        </message>
        <message>
            <location filename="../../realtime/report/rows.py" />
            <source>Less sure</source>
            <comment>report.less_sure</comment>
            <translation>Weniger sicher</translation>
        </message>
        <message>
            <location filename="../../realtime/report/rows.py" />
            <source>Mood</source>
            <comment>report.mood</comment>
            <translation>Stimmung</translation>
        </message>
        <message>
            <location filename="../../realtime/report/rows.py" />
            <source>Music</source>
            <comment>report.music</comment>
            <translation>Musik</translation>
        </message>
        <message>
            <location filename="../../realtime/report/rows.py" />
            <source>Sound</source>
            <comment>report.sound</comment>
            <translation>Klang</translation>
        </message>
        <message>
            <location filename="../../realtime/report/suggestion.py" />
            <source>At {time} the notes of a chord come {spread_ms:.0f} ms apart. If they were meant together, try that chord slowly until all its notes speak at once.</source>
            <comment>suggestion.spread_chord</comment>
            <translation>Bei {time} kommen die Töne eines Akkords {spread_ms:.0f} ms auseinander. Wenn sie zusammen gemeint waren, üben Sie den Akkord langsam, bis alle Töne zugleich ansprechen.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/suggestion.py" />
            <source>Between {start} and {end} the tempo is {change:.0f} % {direction} than over the whole. If you did not mean it, play that passage once at a steady {bpm:.0f}.</source>
            <comment>suggestion.other_tempo</comment>
            <translation>Zwischen {start} und {end} ist das Tempo {change:.0f} % {direction} als im Ganzen. Wenn das nicht gemeint war, spielen Sie die Stelle einmal gleichmäßig mit {bpm:.0f}.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/suggestion.py" />
            <source>From {down} to {up} one pedal keeps {pitches} pitches sounding, some of them neighbours. Listen to that place, and try changing the pedal with the harmony.</source>
            <comment>suggestion.blurred</comment>
            <translation>Von {down} bis {up} hält ein Pedal {pitches} Töne, darunter Nachbarn. Hören Sie sich die Stelle an und wechseln Sie das Pedal einmal mit der Harmonie.</translation>
        </message>
        <message>
            <location filename="../../realtime/report/suggestion.py" />
            <source>faster</source>
            <comment>suggestion.faster</comment>
            <translation>schneller</translation>
        </message>
        <message>
            <location filename="../../realtime/report/suggestion.py" />
            <source>slower</source>
            <comment>suggestion.slower</comment>
            <translation>langsamer</translation>
        </message>
        <message>
            <location filename="../../realtime/score/draft.py" />
            <source>The take</source>
            <comment>score.the_take</comment>
            <translation>Die Aufnahme</translation>
        </message>
        <message>
            <location filename="../../realtime/score/draft.py" />
            <source>{take} has too few notes for sheet music. Play a little more.</source>
            <comment>score.too_few</comment>
            <translation>{take} hat zu wenige Noten für ein Notenblatt. Spielen Sie etwas mehr.</translation>
        </message>
        <message>
            <location filename="../../realtime/score/engraving.py" />
            <source>Sheet music needs packages that are not there. Install them: pip install 'liszten[score]'</source>
            <comment>score.missing</comment>
            <translation>Für Notenblätter fehlen Pakete. Installieren Sie sie: pip install 'liszten[score]'</translation>
        </message>
        <message>
            <location filename="../../realtime/score/page.py" />
            <source>The score cannot be drawn. Write it as .musicxml and open that in a notation program.</source>
            <comment>score.not_drawn</comment>
            <translation>Das Notenblatt lässt sich nicht zeichnen. Schreiben Sie es als .musicxml, und öffnen Sie es in einem Notensatzprogramm.</translation>
        </message>
        <message>
            <location filename="../../realtime/system/storage.py" />
            <source>There is already {path}. Use --overwrite, or -o for another name.</source>
            <comment>storage.exists</comment>
            <translation>{path} gibt es schon. Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <location filename="../../realtime/system/storage.py" />
            <source>a file is in the way; choose another folder</source>
            <comment>storage.in_the_way</comment>
            <translation>Eine Datei ist im Weg; wählen Sie einen anderen Ordner</translation>
        </message>
        <message>
            <location filename="../../realtime/system/storage.py" />
            <source>the disk is full; free some space or choose another folder</source>
            <comment>storage.disk_full</comment>
            <translation>Die Festplatte ist voll; schaffen Sie Platz oder wählen Sie einen anderen Ordner</translation>
        </message>
        <message>
            <location filename="../../realtime/system/storage.py" />
            <source>there is no such folder; create it or choose another one</source>
            <comment>storage.no_folder</comment>
            <translation>Diesen Ordner gibt es nicht; legen Sie ihn an oder wählen Sie einen anderen</translation>
        </message>
        <message>
            <location filename="../../realtime/system/storage.py" />
            <source>you may not write there; choose another folder</source>
            <comment>storage.forbidden</comment>
            <translation>Dort dürfen Sie nicht schreiben; wählen Sie einen anderen Ordner</translation>
        </message>
        <message>
            <location filename="../../realtime/system/storage.py" />
            <source>{path} cannot be written: {why}.</source>
            <comment>storage.unwritable</comment>
            <translation>{path} lässt sich nicht schreiben: {why}.</translation>
        </message>
        <message>
            <location filename="../../realtime/system/storage.py" />
            <source>{path} is a folder. Give the file a name.</source>
            <comment>storage.is_folder</comment>
            <translation>{path} ist ein Ordner. Geben Sie der Datei einen Namen.</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/edits.py" />
            <source>The notes that {folder} had first cannot be read: {file} does not begin with a stream.</source>
            <comment>take.no_first_stream</comment>
            <translation>Die ersten Noten von {folder} sind nicht lesbar: {file} beginnt nicht mit einem Strom.</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/edits.py" />
            <source>{folder} has only one version of its notes.</source>
            <comment>take.never_improved</comment>
            <translation>{folder} hat nur eine Fassung der Noten.</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/folder.py" />
            <source>Lines of {file} that could not be read were left out: {count}.</source>
            <comment>take.lines_lost</comment>
            <translation>Zeilen von {file}, die nicht zu lesen waren, fehlen hier: {count}.</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/folder.py" />
            <source>Recording {number}</source>
            <comment>take.import_number</comment>
            <translation>Datei {number}</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/folder.py" />
            <source>Take {number}</source>
            <comment>take.number</comment>
            <translation>Aufnahme {number}</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/folder.py" />
            <source>The take could not be finished in time. What was recorded is kept in {folder}, and is finished when you open it.</source>
            <comment>take.unfinished</comment>
            <translation>Die Aufnahme konnte nicht rechtzeitig abgeschlossen werden. Was aufgenommen wurde, liegt in {folder} und wird beim Öffnen abgeschlossen.</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/folder.py" />
            <source>{folder} is no take: it has no {file} that can be read.</source>
            <comment>take.no_events</comment>
            <translation>{folder} ist keine Aufnahme von Liszten: Es gibt darin keine lesbare {file}.</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/folder.py" />
            <source>{folder} is no take: its {file} does not begin with a stream.</source>
            <comment>take.no_stream</comment>
            <translation>{folder} ist keine Aufnahme von Liszten: {file} beginnt nicht mit einem Strom.</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/folder.py" />
            <source>{path} is damaged: event {number} says {found}. Mend the file, or transcribe the recording again.</source>
            <comment>take.damaged</comment>
            <translation>{path} ist beschädigt: Ereignis {number} sagt {found}. Berichtigen Sie die Datei, oder lassen Sie die Aufzeichnung noch einmal hören.</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/notes.py" />
            <source>Notes beyond the 88 keys were left out: {count}.</source>
            <comment>take.beyond_keyboard</comment>
            <translation>Noten außerhalb der 88 Tasten wurden weggelassen: {count}.</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/notes.py" />
            <source>Notes held for more than five minutes end there: {count}.</source>
            <comment>take.held_too_long</comment>
            <translation>Noten, die länger als fünf Minuten gehalten sind, enden dort: {count}.</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/reader.py" />
            <source>Notes of the drum channel were left out: {count}.</source>
            <comment>take.drums</comment>
            <translation>Noten des Schlagzeugkanals wurden weggelassen: {count}.</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/reader.py" />
            <source>{path} cannot be read: {why}.</source>
            <comment>reader.unreadable</comment>
            <translation>{path} ist nicht lesbar: {why}.</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/reader.py" />
            <source>{path} does not exist. Give a take's folder, its {file} or a MIDI file.</source>
            <comment>reader.missing</comment>
            <translation>{path} gibt es nicht. Nennen Sie den Ordner einer Aufnahme, ihre {file} oder eine MIDI-Datei.</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/reader.py" />
            <source>{path} holds several streams; keep each in a file of its own.</source>
            <comment>reader.several_streams</comment>
            <translation>{path} enthält mehrere Ströme; legen Sie jeden in eine eigene Datei.</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/reader.py" />
            <source>{path} is neither a take nor a MIDI file. A recording has to be written down first: liszten transcribe {path}</source>
            <comment>reader.neither</comment>
            <translation>{path} ist weder eine Aufnahme von Liszten noch eine MIDI-Datei. Eine Tonaufzeichnung muss erst umgesetzt werden: liszten transcribe {path}</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/reader.py" />
            <source>{path} is not a MIDI file, although it is called one.</source>
            <comment>reader.no_midi_file</comment>
            <translation>{path} heißt wie eine MIDI-Datei, ist aber keine.</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/reader.py" />
            <source>{path} lasts for more than a day, so its times must be damaged.</source>
            <comment>reader.too_long</comment>
            <translation>{path} dauert länger als einen Tag; die Zeiten darin müssen beschädigt sein.</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/reader.py" />
            <source>{path} tells of no stream. Give a take's folder, its {file} or a MIDI file.</source>
            <comment>reader.no_stream</comment>
            <translation>{path} sagt nichts von einem Strom. Nennen Sie den Ordner einer Aufnahme, ihre {file} oder eine MIDI-Datei.</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/recorder.py" />
            <source>The take cannot be saved any further: its folder {folder} was removed or moved.</source>
            <comment>take.gone</comment>
            <translation>Die Aufnahme kann nicht weiter gespeichert werden: Ihr Ordner {folder} wurde entfernt oder verschoben.</translation>
        </message>
        <message>
            <location filename="../../realtime/takes/recorder.py" />
            <source>The take cannot be saved any further: {why}. What was recorded is kept in {folder}.</source>
            <comment>take.unsaved</comment>
            <translation>Die Aufnahme lässt sich nicht weiter speichern: {why}. Was aufgenommen war, liegt in {folder}.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/batch.py" />
            <source>{audio} could not be transcribed: the process that read it ended. Is the file broken?</source>
            <comment>batch.worker_died</comment>
            <translation>{audio} ließ sich nicht umsetzen: Das Lesen brach ab. Ist die Datei beschädigt?</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/model.py" />
            <source>Inference on CUDA is not possible here. Use --device cpu, or see what liszten doctor says.</source>
            <comment>model.no_cuda</comment>
            <translation>Auf CUDA lässt sich hier nicht rechnen. Wählen Sie in den Einstellungen den Prozessor.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/model.py" />
            <source>The model {path} is missing. Install Liszten again, or name a model file with --model.</source>
            <comment>model.missing</comment>
            <translation>Das Modell {path} fehlt. Installieren Sie Liszten neu oder wählen Sie eine Modelldatei.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/model.py" />
            <source>There is no device '{device}'. Choose one of {devices}.</source>
            <comment>model.no_device</comment>
            <translation>Es gibt kein Gerät „{device}“. Wählen Sie eines von: {devices}.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/model.py" />
            <source>{name} gives values that are not between 0 and 1 ({tensor}). Export it again.</source>
            <comment>model.other_values</comment>
            <translation>{name} gibt Werte, die nicht zwischen 0 und 1 liegen ({tensor}). Exportieren Sie es neu.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/model.py" />
            <source>{name} has a larger state than Liszten allows. Export it again.</source>
            <comment>model.large_state</comment>
            <translation>{name} hat einen größeren Zustand, als Liszten erlaubt. Exportieren Sie es neu.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/model.py" />
            <source>{name} has another sample rate, hop or no delay at all. Export it again.</source>
            <comment>model.other_contract</comment>
            <translation>{name} hat eine andere Abtastrate, Schrittweite oder gar keine Verzögerung. Exportieren Sie es neu.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/model.py" />
            <source>{name} has other tensors than Liszten expects ({detail}). Export it again.</source>
            <comment>model.other_tensors</comment>
            <translation>{name} hat andere Tensoren, als Liszten erwartet ({detail}). Exportieren Sie es neu.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/model.py" />
            <source>{name} was made for another version of Liszten. Export it again.</source>
            <comment>model.other_version</comment>
            <translation>{name} gehört zu einer anderen Version von Liszten. Exportieren Sie es neu.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/model.py" />
            <source>{name} was not made by Liszten. Leave out --model to use the shipped one.</source>
            <comment>model.foreign</comment>
            <translation>{name} stammt nicht von Liszten. Wählen Sie das mitgelieferte Modell.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/model.py" />
            <source>{tensor}: {found} instead of {wanted}</source>
            <comment>model.tensor</comment>
            <translation>{tensor}: {found} statt {wanted}</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/model_file.py" />
            <source>The model {path} cannot be read ({why}). Check the path.</source>
            <comment>model.unreadable</comment>
            <translation>Das Modell {path} ist nicht lesbar ({why}). Prüfen Sie den Pfad.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/model_file.py" />
            <source>{name} has a part that Liszten's models do not have ({part}). Leave out --model to use the shipped one.</source>
            <comment>model.foreign_part</comment>
            <translation>{name} hat einen Teil, den Modelle von Liszten nicht haben ({part}). Lassen Sie --model weg, um das mitgelieferte zu benutzen.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/model_file.py" />
            <source>{name} is broken or no ONNX file. Fetch it again, or leave out --model.</source>
            <comment>model.broken</comment>
            <translation>{name} ist beschädigt oder keine ONNX-Datei. Laden Sie sie neu oder wählen Sie das mitgelieferte Modell.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/model_stage.py" />
            <source>There is no delay '{delay}'. This model offers {delays}.</source>
            <comment>model.no_delay</comment>
            <translation>Es gibt keine Verzögerung „{delay}“. Dieses Modell bietet {delays}.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/pipeline.py" />
            <source>This model cannot be practised with: it lacks the delays balanced and accurate.</source>
            <comment>model.cannot_expect</comment>
            <translation>Mit diesem Modell lässt sich nicht üben: Ihm fehlen die Verzögerungen balanced und accurate.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/recording.py" />
            <source>at {at_s:.2f} s</source>
            <comment>audio.damaged_at</comment>
            <translation>bei {at_s:.2f} s</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/recording.py" />
            <source>from {start_s:.2f} s to its end</source>
            <comment>audio.missing_to_end</comment>
            <translation>von {start_s:.2f} s bis zum Ende</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/recording.py" />
            <source>from {start_s:.2f} to {end_s:.2f} s</source>
            <comment>audio.missing_from</comment>
            <translation>von {start_s:.2f} bis {end_s:.2f} s</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/recording.py" />
            <source>{path} ends before {start_s:g} s. Give an earlier --start.</source>
            <comment>audio.ends_before</comment>
            <translation>{path} endet vor {start_s:g} s. Wählen Sie einen früheren Anfang.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/recording.py" />
            <source>{path} is damaged {places}. The rest was transcribed; listen whether notes are missing there.</source>
            <comment>audio.damaged</comment>
            <translation>{path} ist {places} beschädigt. Der Rest wurde mitgeschrieben; hören Sie nach, ob dort Noten fehlen.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/recording.py" />
            <source>{path} lasts only {length_s:.1f} s. Give an earlier --start.</source>
            <comment>audio.too_short</comment>
            <translation>{path} dauert nur {length_s:.1f} s. Wählen Sie einen früheren Anfang.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/recording.py" />
            <source>{path}: no notes of a piano were found.</source>
            <comment>audio.no_notes</comment>
            <translation>{path}: Es waren keine Klaviertöne zu finden.</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/recording.py" />
            <source>{path}: {what}</source>
            <comment>audio.tuned</comment>
            <translation>{path}: {what}</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/recording.py" />
            <source>{places} and at {count} more places, up to {end_s:.2f} s</source>
            <comment>audio.more_places</comment>
            <translation>{places} und an {count} weiteren Stellen, bis {end_s:.2f} s</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/recording.py" />
            <source>{places}, {place}</source>
            <comment>audio.places</comment>
            <translation>{places}, {place}</translation>
        </message>
        <message>
            <location filename="../../realtime/transcription/transkun.py" />
            <source>Transkun could not hear {audio}: the log tells more. Improve the take without it, or install it anew.</source>
            <comment>transkun.failed</comment>
            <translation>Transkun konnte {audio} nicht hören: Das Protokoll sagt mehr. Verbessern Sie die Aufnahme ohne Transkun, oder installieren Sie es neu.</translation>
        </message>
    </context>
</TS>
