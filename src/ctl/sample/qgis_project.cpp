// SPDX-License-Identifier: GPL-3.0-or-later
#include "qgis_project.h"

#include "writing.h"
#include "zip_file.h"

#include <algorithm>
#include <sstream>

namespace vedette::ctl {

namespace {

constexpr const char* crs = "<spatialrefsys><authid>EPSG:4549</authid></spatialrefsys>";

std::string props(std::initializer_list<std::pair<const char*, std::string>> values) {
    std::string out;
    for (const auto& [key, value] : values)
        out += std::string("<prop k=\"") + key + "\" v=\"" + value + "\"/>";
    return out;
}

std::string fill(int name, const std::string& colour, const std::string& outline, double width) {
    std::ostringstream out;
    out << "<symbol name=\"" << name << "\" type=\"fill\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">"
        << "<layer class=\"SimpleFill\" enabled=\"1\" locked=\"0\" pass=\"0\">"
        << props({{"color", colour},
                  {"style", "solid"},
                  {"outline_color", outline},
                  {"outline_style", width > 0 ? "solid" : "no"},
                  {"outline_width", width > 0 ? "0.2" : "0"},
                  {"outline_width_unit", "MM"}})
        << "</layer></symbol>";
    return out.str();
}

std::string line(int name, const std::string& colour, const std::string& width) {
    std::ostringstream out;
    out << "<symbol name=\"" << name << "\" type=\"line\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">"
        << "<layer class=\"SimpleLine\" enabled=\"1\" locked=\"0\" pass=\"0\">"
        << props({{"line_color", colour},
                  {"line_width", width},
                  {"line_width_unit", "MM"},
                  {"line_style", "solid"},
                  {"capstyle", "round"},
                  {"joinstyle", "round"}})
        << "</layer></symbol>";
    return out.str();
}

struct Rule {
    std::string filter; // as XML text
    int from = 0;       // shown when the scale is 1:from or larger; 0: at every scale
    std::string symbol;
};

std::string rules(const std::vector<Rule>& list) {
    std::string out =
        "<renderer-v2 type=\"RuleRenderer\" symbollevels=\"0\" forceraster=\"0\" enableorderby=\"0\">"
        "<rules key=\"root\">";
    std::string symbols;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string number = std::to_string(i);
        out += "<rule key=\"r" + number + "\" symbol=\"" + number + "\" filter=\"" + list[i].filter + "\"";
        if (list[i].from)
            out += " scalemaxdenom=\"" + std::to_string(list[i].from) + "\" scalemindenom=\"1\"";
        out += "/>";
        symbols += list[i].symbol;
    }
    return out + "</rules><symbols>" + symbols + "</symbols></renderer-v2>";
}

std::string is(const char* field, const char* value) {
    return std::string("&quot;") + field + "&quot; = '" + value + "'";
}

struct LabelRule {
    std::string filter;
    int from;  // as Rule
    int until; // shown no nearer than 1:until; 0: at every scale
    double size;
    std::string colour, halo;
    bool along; // along a line, else over the point
};

std::string labelSettings(const LabelRule& rule) {
    std::ostringstream out;
    out << "<settings calloutType=\"simple\"><text-style fieldName=\"name\" isExpression=\"0\" "
           "fontFamily=\"Noto Sans CJK SC\" namedStyle=\"Regular\" fontWeight=\"50\" fontSize=\""
        << rule.size << "\" fontSizeUnit=\"Point\" textColor=\"" << rule.colour
        << "\" textOpacity=\"1\" fontLetterSpacing=\"" << (rule.along ? 0 : 1)
        << "\" multilineHeight=\"1\" allowHtml=\"0\" useSubstitutions=\"0\" blendMode=\"0\">"
        << "<text-buffer bufferDraw=\"1\" bufferSize=\"0.7\" bufferSizeUnits=\"MM\" bufferColor=\""
        << rule.halo
        << "\" bufferOpacity=\"0.85\" bufferJoinStyle=\"128\" bufferNoFill=\"1\" "
           "bufferBlendMode=\"0\"/></text-style>"
        << "<placement placement=\"" << (rule.along ? 3 : 1)
        << "\" placementFlags=\"1\" dist=\"0\" priority=\"" << (rule.along ? 4 : 8) << "\" repeatDistance=\""
        << (rule.along ? 90 : 0)
        << "\" repeatDistanceUnits=\"MM\" maxCurvedCharAngleIn=\"25\" maxCurvedCharAngleOut=\"-25\"/>"
        << "<rendering mergeLines=\"" << (rule.along ? 1 : 0)
        << "\" scaleVisibility=\"0\" obstacle=\"1\" drawLabels=\"1\" displayAll=\"0\" fontMinPixelSize=\"3\" "
           "fontMaxPixelSize=\"10000\" limitNumLabels=\"0\" upsidedownLabels=\"0\" "
           "labelPerPart=\"0\"/></settings>";
    return out.str();
}

std::string labels(const std::vector<LabelRule>& list) {
    if (list.empty())
        return "";
    std::string out = "<labeling type=\"rule-based\"><rules key=\"labels\">";
    for (std::size_t i = 0; i < list.size(); ++i) {
        out += "<rule key=\"l" + std::to_string(i) + "\" filter=\"" + list[i].filter + "\"";
        if (list[i].from)
            out += " scalemaxdenom=\"" + std::to_string(list[i].from) + "\" scalemindenom=\"" +
                   std::to_string(std::max(1, list[i].until)) + "\"";
        out += ">" + labelSettings(list[i]) + "</rule>";
    }
    return out + "</rules></labeling>";
}

struct Layer {
    std::string id, source, geometry, renderer, labeling;
};

// QGIS gives a layer another id when its own is shorter than ten letters; then nothing refers to it.
std::string idOf(const std::string& name) {
    return "binhai_layer_" + name;
}

std::string mapLayer(const Layer& layer) {
    return "<maplayer type=\"vector\" geometry=\"" + layer.geometry + "\" labelsEnabled=\"" +
           (layer.labeling.empty() ? "0" : "1") +
           "\" hasScaleBasedVisibilityFlag=\"0\" simplifyDrawingHints=\"1\" "
           "simplifyDrawingTol=\"1\" simplifyLocal=\"1\" simplifyMaxScale=\"1\" simplifyAlgorithm=\"0\" "
           "readOnly=\"1\"><id>" +
           idOf(layer.id) + "</id><datasource>" + layer.source + "</datasource><layername>" + layer.id +
           "</layername><srs>" + crs + "</srs><provider encoding=\"UTF-8\">ogr</provider>" + layer.renderer +
           layer.labeling + "<blendMode>0</blendMode><layerOpacity>1</layerOpacity></maplayer>\n";
}

} // namespace

const BasemapColours& darkColours() {
    static const BasemapColours colours{
        "33,39,45,255",
        "17,21,26,255",
        "58,68,78,255",
        "38,45,52,255",
        "33,50,43,255",
        "42,49,56,255",
        {"112,122,132,255", "97,108,119,255", "78,88,98,255", "62,71,80,255", "51,59,67,255"},
        "138,150,162,255",
        "160,171,182,255",
        "84,104,124,255"};
    return colours;
}

const BasemapColours& lightColours() {
    static const BasemapColours colours{
        "242,242,239,255",
        "206,217,226,255",
        "178,190,200,255",
        "234,233,229,255",
        "218,229,213,255",
        "229,228,224,255",
        {"186,172,150,255", "190,189,184,255", "202,201,197,255", "212,211,207,255", "220,219,215,255"},
        "104,110,116,255",
        "78,84,90,255",
        "112,134,154,255"};
    return colours;
}

std::string qgisProject(const BasemapColours& c, const Box& extent) {
    const std::string roadWidths[]{"1.1", "0.8", "0.55", "0.38", "0.26"};
    const int roadScales[]{0, 0, 250000, 110000, 60000};
    const char* roadClasses[]{"motorway", "primary", "secondary", "tertiary", "residential"};
    std::vector<Rule> roads;
    for (int r = 4; r >= 0; --r)
        roads.push_back({is("class", roadClasses[r]), roadScales[r],
                         line(static_cast<int>(roads.size()), c.roads[r], roadWidths[r])});
    const std::vector<Layer> layers{
        // as drawn, from the bottom
        {"built", "./base.gpkg|layername=built", "Polygon", rules({{"", 0, fill(0, c.built, c.built, 0)}}),
         ""},
        {"sites", "./base.gpkg|layername=sites", "Polygon",
         rules({{is("kind", "park"), 0, fill(0, c.park, c.park, 0)},
                {"&quot;kind&quot; &lt;> 'park'", 120000, fill(1, c.site, c.site, 0)}}),
         ""},
        {"water", "./base.gpkg|layername=water", "Polygon", rules({{"", 0, fill(0, c.water, c.shore, 0.2)}}),
         ""},
        {"roads", "./roads.gpkg|layername=roads", "Line", rules(roads),
         labels({{is("class", "motorway"), 150000, 0, 8, c.road, c.land, true},
                 {is("class", "primary"), 90000, 0, 8, c.road, c.land, true},
                 {is("class", "secondary"), 45000, 0, 7.5, c.road, c.land, true},
                 {is("class", "tertiary"), 18000, 0, 7.5, c.road, c.land, true},
                 {is("class", "residential"), 9000, 0, 7, c.road, c.land, true}})},
        {"labels", "./base.gpkg|layername=labels", "Point",
         "<renderer-v2 type=\"nullSymbol\" symbollevels=\"0\" forceraster=\"0\" enableorderby=\"0\"/>",
         // Nearer, the console writes the names of its areas itself.
         labels({{is("rank", "township"), 400000, 100000, 10.5, c.place, c.land, false},
                 {is("rank", "sea"), 0, 0, 11, c.sea, c.water, false}})},
    };
    std::string tree, maps, order;
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) { // the tree is read from the top
        tree += "<layer-tree-layer id=\"" + idOf(layer->id) + "\" name=\"" + layer->id + "\" source=\"" +
                layer->source + "\" providerKey=\"ogr\" checked=\"Qt::Checked\" expanded=\"0\"/>";
        order += "<layer id=\"" + idOf(layer->id) + "\"/>";
    }
    for (const Layer& layer : layers)
        maps += mapLayer(layer);
    std::string red, green, blue;
    std::istringstream colour(c.land);
    std::getline(colour, red, ',');
    std::getline(colour, green, ',');
    std::getline(colour, blue, ',');
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out.precision(12);
    out << "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        << "<qgis projectname=\"Binhai\" version=\"3.22.16-Białowieża\">\n<title>Binhai</title>\n<projectCrs>"
        << crs << "</projectCrs>\n<layer-tree-group>" << tree << "</layer-tree-group>\n"
        << "<mapcanvas name=\"theMapCanvas\" annotationsVisible=\"1\"><units>meters</units><extent><xmin>"
        << extent.minX << "</xmin><ymin>" << extent.minY << "</ymin><xmax>" << extent.maxX << "</xmax><ymax>"
        << extent.maxY << "</ymax></extent><rotation>0</rotation><destinationsrs>" << crs
        << "</destinationsrs><rendermaptile>0</rendermaptile></mapcanvas>\n<projectlayers>\n"
        << maps << "</projectlayers>\n<layerorder>" << order << "</layerorder>\n<properties><Gui>"
        << "<CanvasColorRedPart type=\"int\">" << red
        << "</CanvasColorRedPart><CanvasColorGreenPart type=\"int\">" << green
        << "</CanvasColorGreenPart><CanvasColorBluePart type=\"int\">" << blue
        << "</CanvasColorBluePart></Gui><SpatialRefSys><ProjectionsEnabled "
           "type=\"int\">1</ProjectionsEnabled></SpatialRefSys><Paths><Absolute "
           "type=\"bool\">false</Absolute></Paths></properties>\n"
        << "</qgis>\n";
    return out.str();
}

layers::Status writeBasemaps(const Town& town, const std::filesystem::path& folder) {
    for (const auto& [name, colours] : {std::pair("base", &darkColours()), {"base-light", &lightColours()}}) {
        const std::string project = qgisProject(*colours, town.plan.extent);
        if (auto status = writeText(folder / (std::string(name) + ".qgz"),
                                    zipped({{std::string(name) + ".qgs", project}}));
            !status)
            return status;
    }
    return layers::Nothing{};
}

} // namespace vedette::ctl
