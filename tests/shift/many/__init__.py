# SPDX-License-Identifier: GPL-3.0-or-later
"""A shift of many incidents; see ../play_many."""
