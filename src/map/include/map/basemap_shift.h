// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "map/renderer.h"

#include <functional>

namespace vedette::map {

// A basemap whose tiles were bent before publication (GCJ-02, BD-09) shows a place elsewhere than it is, by
// half a kilometre and not everywhere by the same. It is asked for where it shows what is to be seen, and its
// picture is bent back when it comes. Immutable; `shown` is called from any thread.
class BasemapShift {
public:
    // Working metres of a place -> working metres where the basemap shows it. Near the identity.
    using Shown = std::function<layers::Point(layers::Point)>;
    explicit BasemapShift(Shown shown) : shown_(std::move(shown)) {}

    // Where the basemap shows a place: what to ask it about.
    layers::Point shown(layers::Point at) const;
    // What to ask of the cartographer to cover a view.
    View asked(const View& wanted) const;
    // The picture of an asked view as if nothing had been bent, in the view that it covers. Every
    // 32nd logical pixel is transformed, those between are interpolated: the error is far below a pixel as
    // long as those steps are small beside 30 km, the bend's shortest wave. Some tens of milliseconds; not
    // for the GUI thread.
    Renderer::Basemap bentBack(const Renderer::Basemap& asked) const;

private:
    layers::Point hidden(layers::Point shown) const; // the inverse
    Shown shown_;
};

} // namespace vedette::map
