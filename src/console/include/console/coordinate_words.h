// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dispatch/city.h"

#include <QString>

namespace vedette::console {

// How a place's coordinates are written: degrees, degrees with minutes and seconds, the workspace's own
// metres, the code of the most responsible area. All of WGS 84 or the working CRS, whatever datum a basemap
// has.
enum class CoordinateForm { degrees, minutes, working, grid };
inline constexpr CoordinateForm coordinateForms[] = {CoordinateForm::degrees, CoordinateForm::minutes,
                                                     CoordinateForm::working, CoordinateForm::grid};

// For reading: "120.85944 E 32.01234 N", "no grid here". A place beyond the CRS's reach has no degrees: a
// dash.
QString coordinateWords(const dispatch::City& city, CoordinateForm form, layers::Point at);
// For pasting elsewhere, and back into `go`; empty where there is none.
QString coordinatePaste(const dispatch::City& city, CoordinateForm form, layers::Point at);
QString formName(CoordinateForm form);
// "degrees", "minutes", "working", "grid": in settings.
QString toText(CoordinateForm form);
CoordinateForm coordinateForm(const QString& text); // degrees for anything else

// "1.234 km", "512.3 m"; "52 340 m²", "1.234 km²".
QString metresText(double metres);
QString squareMetresText(double squareMetres);

} // namespace vedette::console
