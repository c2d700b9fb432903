# SPDX-License-Identifier: GPL-3.0-or-later
"""A console on a display, worked by real key presses alone."""
import os
import subprocess
import time


def wait_for(what, seconds, holds):
    until = time.monotonic() + seconds
    while True:
        found = holds()
        if found:
            return found
        if time.monotonic() > until:
            raise RuntimeError(f"waited in vain for {what}")
        time.sleep(0.1)


class Display:
    def __init__(self, out):
        self.out, self._started, self._active = out, [], None
        read, write = os.pipe()
        self.start(["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"], "xvfb", pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as number:
            self.name = ":" + number.readline().strip()
        self.environment = {k: v for k, v in os.environ.items() if k not in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
        self.environment["DISPLAY"] = self.name
        self.start(["openbox"], "openbox")
        wait_for("the window manager", 20, lambda: "window id" in self.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"))

    def start(self, command, log, environment=None, **more):
        with open(self.out / f"{log}.log", "ab") as file:
            process = subprocess.Popen(command, stdout=file, stderr=file, stdin=subprocess.DEVNULL,
                                       env={**getattr(self, "environment", os.environ), **(environment or {})}, **more)
        self._started.append(process)
        return process

    def run(self, *command):
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False).stdout

    def activate(self, window):
        if self._active != window:
            self.run("xdotool", "windowactivate", "--sync", window)
            self._active = window

    def picture(self, name):
        subprocess.run(["import", "-window", "root", str(self.out / f"{name}.png")], env=self.environment, check=False)

    def end(self):
        for process in reversed(self._started):
            if process.poll() is None:
                process.terminate()
        for process in reversed(self._started):
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


class Window:
    def __init__(self, display, program, folder, actor, clock, desk=None):
        self.display, self.actor = display, actor
        known = set(self._visible())
        command = [program, folder, "--actor", actor, "--theme", "dark", "--lang", "en"] + (["--desk", desk] if desk else [])
        self.process = display.start(command, f"console-{actor}", {**clock.environment(), "HOME": str(display.out / f"home-{actor}")})
        fresh = wait_for(f"the window of {actor}", 90, lambda: [w for w in self._visible() if w not in known])
        self.window = fresh[0]
        display.activate(self.window)
        self.keys("F11")

    def _visible(self):
        return self.display.run("xdotool", "search", "--onlyvisible", "--name", "^Vedette - ").split()

    def alive(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"the console of {self.actor} ended by itself with {self.process.returncode}")

    def keys(self, *keys):
        self.alive()
        self.display.activate(self.window)
        self.display.run("xdotool", "key", "--clearmodifiers", "--delay", "30", *keys)

    def type(self, text):
        self.display.activate(self.window)
        self.display.run("xdotool", "type", "--delay", "4", "--", text)

    def line(self, text):
        """One line in the command bar."""
        self.alive()
        self.display.activate(self.window)
        self.display.run("xdotool", "key", "--clearmodifiers", "ctrl+k", "type", "--delay", "4", "--args", "1", text, "key", "Return")

    def picture(self, name):
        self.display.activate(self.window)
        time.sleep(1)
        self.display.picture(name)

    def close(self):
        self.keys("alt+F4")
        if self.process.wait(30) != 0:
            raise RuntimeError(f"the console of {self.actor} closed with status {self.process.returncode}")
