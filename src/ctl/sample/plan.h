// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/area_class.h"
#include "mesh.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vedette::ctl {

inline constexpr std::string_view cityCode = "329900";

enum class RoadClass : std::uint8_t { motorway, primary, secondary, tertiary, residential };
std::string_view toString(RoadClass roadClass);

// A street as a cut of the subdivision left it: from one vertex of an older line to another.
struct Street {
    std::vector<Mesh::Vertex> path;
    RoadClass roadClass = RoadClass::residential;
    int named = -1; // the street whose name it bears; itself when it begins a name
};

// A polygon of the subdivision that became an area. `parent` counts in the list above it.
struct Face {
    Mesh::Ring ring;
    int parent = -1;
    double weight = 0;
    std::string code, name;
    std::optional<layers::AreaClass> areaClass{}; // townships have one
};
enum class ExclusiveKind : std::uint8_t {
    park,
    school,
    mall,
    hospital,
    industry,
    market,
    college,
    transport
};
struct ExclusiveGrid {
    Mesh::Ring ring;
    ExclusiveKind kind = ExclusiveKind::park;
    int grid = -1; // the level 3 grid around it
    std::string code, name;
};
// A union of faces: which, and their outline.
struct District {
    std::vector<int> members;
    Outline outline;
    int parent = -1;
    std::string code, name;
};

// The ground of the city before anything is written. Level 1 grids are cut from communities, level 2 from
// level 1, level 3 from level 2, blocks from level 3; beats are unions of level 1 grids, stations of beats.
struct Plan {
    Mesh mesh;
    Box extent;
    double scale = 1;           // 1: sixteen kilometres across
    std::vector<Point> centres; // of the city and its towns, the city's first
    Mesh::Ring outline;
    std::vector<Mesh::Vertex> coast, river; // coast: land to the left; river: from the source to the sea
    std::vector<Face> counties, townships, communities, level1, level2, level3, blocks;
    std::vector<ExclusiveGrid> exclusives;
    std::vector<District> beats, stations; // bureaus are counties
    std::vector<int> beatOfLevel1;
    std::vector<Street> streets;

    double density(Point p) const; // 1 in the centre, falling to 0.05
    double grain(Point p) const;
    int level1Of(int level3Index) const {
        return level2[static_cast<std::size_t>(level3[static_cast<std::size_t>(level3Index)].parent)].parent;
    }
};

struct PlanSizes {
    int grids, counties, townships, communities, level1, level2, level3, exclusives, beats, stations;
    static PlanSizes of(int grids);
};

// Shapes and numbers, without names and codes. Nothing but `seed` decides it.
Plan planCity(int grids, std::uint64_t seed);
void planOutline(Plan& plan, Chance& chance);                            // outline.cpp
void planPolice(Plan& plan, const PlanSizes& sizes);                     // police.cpp
void planExclusives(Plan& plan, const PlanSizes& sizes, Chance& chance); // exclusives.cpp
void nameCity(Plan& plan, Chance& chance); // codes.cpp: codes and names of all areas
// The nearest quarter of the townships to the middle are city, the next third suburb, the rest rural.
void classTownships(Plan& plan);
std::optional<layers::AreaClass> classAt(const Plan& plan, const std::vector<std::string>& areaCodes);

} // namespace vedette::ctl
