// SPDX-License-Identifier: GPL-3.0-or-later
#include "vector_file.h"
#include "writing.h"

namespace vedette::ctl {

namespace {

using Shape = VectorFile::Shape;
using Type = VectorFile::Type;
using Values = std::vector<VectorFile::Value>;

const std::vector<VectorFile::Field> areaFields{{"code", Type::text},
                                                {"name", Type::text},
                                                {"parent", Type::text},
                                                {"level", Type::text},
                                                {"beat", Type::text},
                                                {"class", Type::text}};

std::vector<std::vector<Point>> points(const Mesh& mesh, const Outline& outline) {
    std::vector<std::vector<Point>> out;
    for (const Mesh::Ring& ring : outline.rings)
        out.push_back(mesh.points(ring));
    return out;
}

template <class T>
const T& at(const std::vector<T>& list, int index) {
    return list[static_cast<std::size_t>(index)];
}

} // namespace

layers::Status writeAreas(const Town& town, const std::filesystem::path& folder) {
    const Plan& plan = town.plan;
    VectorFile file(folder / "areas.gpkg");
    const std::string city(cityCode);
    file.layer("cities", Shape::polygon, areaFields, false);
    file.polygon(plan.mesh.points(plan.outline), Values{city, std::string("滨海市"), "", "", "", ""});
    const auto faces = [&](const char* layer, const std::vector<Face>& list, const auto& parentCode,
                           bool indexed) {
        file.layer(layer, Shape::polygon, areaFields, indexed);
        for (const Face& face : list)
            file.polygon(plan.mesh.points(face.ring), Values{face.code, face.name, parentCode(face), "", "",
                                std::string(face.areaClass ? layers::toString(*face.areaClass) : "")});
    };
    faces(
        "counties", plan.counties, [&](const Face&) { return city; }, false);
    faces(
        "townships", plan.townships, [&](const Face& f) { return at(plan.counties, f.parent).code; }, false);
    faces(
        "communities", plan.communities, [&](const Face& f) { return at(plan.townships, f.parent).code; },
        false);

    // A grid's parent is its community, whatever its level; levels nest by shape.
    file.layer("grids", Shape::polygon, areaFields);
    const auto grid = [&](const Mesh::Ring& ring, const std::string& code, const std::string& name, int first,
                          const char* level) {
        const std::string& community = at(plan.communities, at(plan.level1, first).parent).code;
        file.polygon(plan.mesh.points(ring), Values{code, name, community, std::string(level),
                                                    at(plan.beats, at(plan.beatOfLevel1, first)).code, ""});
    };
    for (std::size_t i = 0; i < plan.level1.size(); ++i)
        grid(plan.level1[i].ring, plan.level1[i].code, plan.level1[i].name, static_cast<int>(i), "1");
    for (const Face& face : plan.level2)
        grid(face.ring, face.code, face.name, face.parent, "2");
    for (std::size_t i = 0; i < plan.level3.size(); ++i)
        grid(plan.level3[i].ring, plan.level3[i].code, plan.level3[i].name,
             plan.level1Of(static_cast<int>(i)), "3");
    for (const ExclusiveGrid& special : plan.exclusives)
        grid(special.ring, special.code, special.name, plan.level1Of(special.grid), "exclusive");

    file.layer("bureaus", Shape::polygon, areaFields, false);
    for (const Face& county : plan.counties)
        file.polygon(plan.mesh.points(county.ring),
                     Values{county.code + "000000", county.name + "公安分局", "", "", "", ""});
    file.layer("stations", Shape::polygon, areaFields, false);
    for (const District& station : plan.stations)
        file.polygons(
            points(plan.mesh, station.outline), station.outline.hole,
            Values{station.code, station.name, at(plan.counties, station.parent).code + "000000", "", "", ""});
    file.layer("beats", Shape::polygon, areaFields, false);
    for (const District& beat : plan.beats)
        file.polygons(points(plan.mesh, beat.outline), beat.outline.hole,
                      Values{beat.code, beat.name, at(plan.stations, beat.parent).code, "", "", ""});
    return file.close();
}

layers::Status writeRoads(const Town& town, const std::filesystem::path& folder) {
    VectorFile file(folder / "roads.gpkg");
    file.layer("roads", Shape::line,
               {{"name", Type::text},
                {"class", Type::text},
                {"speed", Type::integer},
                {"oneway", Type::integer},
                {"bridge", Type::integer}});
    // Small streets first: larger ones are drawn over them.
    for (int wanted = 4; wanted >= 0; --wanted)
        for (const RoadLine& road : town.ground.roads)
            if (static_cast<int>(road.roadClass) == wanted)
                file.line(road.points, Values{road.name, std::string(toString(road.roadClass)), road.speed,
                                              road.oneway, road.bridge ? 1 : 0});
    return file.close();
}

layers::Status writeBase(const Town& town, const std::filesystem::path& folder) {
    const Plan& plan = town.plan;
    VectorFile file(folder / "base.gpkg");
    file.layer("built", Shape::polygon, {{"kind", Type::text}}, false);
    std::vector<const Mesh::Ring*> dense;
    for (const Face& block : plan.blocks)
        if (plan.density(innerPoint(plan.mesh.points(block.ring))) > 0.3)
            dense.push_back(&block.ring);
    if (!dense.empty()) {
        const Outline outline = unite(plan.mesh, dense);
        file.polygons(points(plan.mesh, outline), outline.hole, Values{std::string("built")});
    }
    file.layer("sites", Shape::polygon, {{"kind", Type::text}, {"name", Type::text}}, false);
    for (const ExclusiveGrid& grid : plan.exclusives) {
        constexpr const char* kinds[]{"park",     "school", "mall",    "hospital",
                                      "industry", "market", "college", "transport"};
        file.polygon(plan.mesh.points(grid.ring),
                     Values{std::string(kinds[static_cast<std::size_t>(grid.kind)]), grid.name});
    }
    file.layer("water", Shape::polygon, {{"kind", Type::text}, {"name", Type::text}}, false);
    file.polygon(town.ground.water[0], Values{std::string("sea"), std::string("黄海")});
    file.polygon(town.ground.water[1], Values{std::string("river"), std::string("滨江")});
    file.layer("labels", Shape::point, {{"name", Type::text}, {"rank", Type::text}}, false);
    for (const Face& township : plan.townships)
        file.point(innerPoint(plan.mesh.points(township.ring)),
                   Values{township.name, std::string("township")});
    const Box& box = plan.extent;
    file.point({box.minX + 0.49 * box.width(), box.minY + 0.06 * box.height()},
               Values{std::string("滨海湾"), std::string("sea")});
    file.point({box.minX + 0.98 * box.width(), box.minY + 0.2 * box.height()},
               Values{std::string("黄海"), std::string("sea")});
    return file.close();
}

} // namespace vedette::ctl
