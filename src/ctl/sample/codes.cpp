// SPDX-License-Identifier: GPL-3.0-or-later
#include "names.h"

#include <algorithm>
#include <cstdio>

namespace vedette::ctl {

namespace {

std::string digits(int number, int width) {
    char text[16];
    std::snprintf(text, sizeof text, "%0*d", width, number);
    return text;
}

template <class T>
T& at(std::vector<T>& list, int index) {
    return list[static_cast<std::size_t>(index)];
}

} // namespace

// Civil codes: 6 county + 3 township + 3 community + 3 serial. Serials: level 3 from 001, level 2 from 401,
// level 1 from 601, exclusive from 801. Police: 6 county + 3 station + 3 beat. County 3299xx is nobody's.
void nameCity(Plan& plan, Chance& chance) {
    Names names(chance);
    const auto dense = [&](const Face& face) {
        return plan.density(innerPoint(plan.mesh.points(face.ring)));
    };
    static const std::vector<std::string> compass{"",     "临江", "滩头", "如港", "通泽",
                                                  "安港", "沙洲", "北塘", "南浦"};
    for (std::size_t i = 0; i < plan.counties.size(); ++i) {
        Face& county = plan.counties[i];
        county.code = "3299" + digits(static_cast<int>(i) + 1, 2);
        county.name = i == 0 || i >= compass.size() ? (i == 0 ? "滨海区" : names.community(true) + "县")
                                                    : compass[i] + "县";
    }
    std::vector<int> serial(plan.counties.size(), 0);
    for (Face& township : plan.townships) {
        township.code = at(plan.counties, township.parent).code + digits(++at(serial, township.parent), 3);
        township.name = names.township(dense(township) > 0.16);
    }
    serial.assign(plan.townships.size(), 0);
    for (Face& community : plan.communities) {
        community.code =
            at(plan.townships, community.parent).code + digits(++at(serial, community.parent), 3);
        community.name = names.community(true);
    }
    const auto communityOf1 = [&](int level1) { return at(plan.level1, level1).parent; };
    const auto communityOf2 = [&](int level2) { return communityOf1(at(plan.level2, level2).parent); };
    const auto communityOf3 = [&](int level3) { return communityOf2(at(plan.level3, level3).parent); };
    const auto give = [&](Face& grid, int community, int from, const char* kind) {
        const int number = ++at(serial, community);
        grid.code = at(plan.communities, community).code + digits(from + number, 3);
        grid.name = at(plan.communities, community).name + kind + std::to_string(number) + "网格";
    };
    serial.assign(plan.communities.size(), 0);
    for (std::size_t i = 0; i < plan.level1.size(); ++i)
        give(plan.level1[i], communityOf1(static_cast<int>(i)), 600, "一级");
    serial.assign(plan.communities.size(), 0);
    for (std::size_t i = 0; i < plan.level2.size(); ++i)
        give(plan.level2[i], communityOf2(static_cast<int>(i)), 400, "二级");
    serial.assign(plan.communities.size(), 0);
    for (std::size_t i = 0; i < plan.level3.size(); ++i)
        give(plan.level3[i], communityOf3(static_cast<int>(i)), 0, "第");
    serial.assign(plan.communities.size(), 0);
    for (ExclusiveGrid& grid : plan.exclusives) {
        const int community = communityOf3(grid.grid);
        grid.code = at(plan.communities, community).code + digits(800 + ++at(serial, community), 3);
        grid.name = names.exclusive(grid.kind, at(plan.communities, community).name);
    }
    for (Face& community : plan.communities)
        community.name += dense(community) > 0.12 ? "社区" : "村";

    serial.assign(plan.counties.size(), 0);
    for (District& station : plan.stations) {
        const int number = ++at(serial, station.parent);
        station.code = at(plan.counties, station.parent).code + digits(500 + number, 3) + "000";
        station.name = names.community(true) + "派出所";
    }
    serial.assign(plan.stations.size(), 0);
    for (District& beat : plan.beats) {
        const District& station = at(plan.stations, beat.parent);
        const int number = ++at(serial, beat.parent);
        beat.code = station.code.substr(0, 9) + digits(number, 3);
        beat.name = station.name.substr(0, station.name.size() - std::string("派出所").size()) + "警格" +
                    std::to_string(number);
    }
}

void classTownships(Plan& plan) {
    std::vector<std::pair<double, Face*>> byDistance;
    for (Face& township : plan.townships)
        byDistance.emplace_back(distance(centroid(plan.mesh.points(township.ring)), plan.centres.front()),
                                &township);
    std::sort(byDistance.begin(), byDistance.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    const std::size_t city = std::max<std::size_t>(1, byDistance.size() / 4);
    const std::size_t suburb = city + std::max<std::size_t>(1, byDistance.size() / 3);
    for (std::size_t i = 0; i < byDistance.size(); ++i)
        byDistance[i].second->areaClass = i < city     ? layers::AreaClass::city
                                          : i < suburb ? layers::AreaClass::suburb
                                                       : layers::AreaClass::rural;
}

std::optional<layers::AreaClass> classAt(const Plan& plan, const std::vector<std::string>& areaCodes) {
    for (const std::string& code : areaCodes)
        for (const Face& township : plan.townships)
            if (township.code == code)
                return township.areaClass;
    return std::nullopt;
}

} // namespace vedette::ctl
