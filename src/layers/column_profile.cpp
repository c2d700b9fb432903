// SPDX-License-Identifier: GPL-3.0-or-later
#include "column_profile.h"

#include "clock_text.h"
#include "layers/instant.h"
#include "near_words.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace vedette::layers {

namespace {

using Words = std::vector<const char*>;

// Best first: an earlier word is a better fit. A word fits when it is the whole name (full weight), a word of
// it, or, from five letters on, a piece of it.
const std::map<std::string, Words>& wordsOf() {
    static const std::map<std::string, Words> words{
        {"code", {"code",       "adcode",  "编码",       "代码",   "编号",    "区划代码", "bm",     "dm",
                  "bh",         "gid",     "nummer",     "number", "no",      "id",       "codigo", "kod",
                  "schluessel", "kennung", "kennziffer", "kürzel", "kuerzel", "clave",    "cd",     "name",
                  "nr",         "numer",   "numero",     "num",    "cislo",   "番号",     "コード", "コ-ド",
                  "번호",       "코드",    "codigo",     "kode",   "sigla"}},
        {"name", {"name",     "名称",        "mc",       "label",    "title",       "nom",      "nombre",
                  "nome",     "bezeichnung", "名字",     "姓名",     "stationname", "naam",     "namn",
                  "название", "precinct",    "district", "bezirk",   "stadtteil",   "ortsteil", "gemeinde",
                  "revier",   "bairro",      "barrio",   "quartier", "nm",          "libelle",  "lib",
                  "nazwa",    "nazev",       "naziv",    "denumire", "navn",        "nimi",     "名",
                  "町丁名",   "町名",        "地区名",   "이름",     "명칭",        "isim"}},
        {"parent", {"parent", "上级", "父级", "parentcode", "上级编码", "所属"}},
        {"level", {"level", "层级", "级别", "等级", "网格级别"}},
        {"beat", {"beat", "警格", "警格编码"}},
        {"id", {"id",         "ccn",          "casenumber",   "caseid",    "incidentid", "incidentnumber",
                "eventid",    "requestid",    "reportid",     "警情编号",  "事件编号",   "编号",
                "工单编号",   "uid",          "case",         "incident",  "number",     "callnumber",
                "rowid",      "reference",    "aktenzeichen", "numero",    "unitid",     "nummer",
                "vorgang",    "einsatznr",    "ocorrencia",   "protocolo", "expediente", "folio",
                "dossier",    "nr",           "no",           "num",       "n",          "numerozgloszenia",
                "zgloszenia", "intervention", "受理番号",     "番号",      "접수번호",   "번호",
                "cislo",      "sprawa",       "expediente",   "rapport"}},
        {"time",
         {"time",   "reporttime", "reportdatetime", "reportdate", "报警时间",  "接警时间", "发生时间",
          "时间",   "calltime",   "received",       "datetime",   "occurred",  "adddate",  "created",
          "opened", "date",       "start",          "日期",       "timestamp", "fecha",    "datum",
          "zeit",   "hora",       "дата",           "datahora",   "fechahora", "tatzeit",  "beginn",
          "data",   "発生日時",   "発生日",         "日時",       "日付",      "受付日時", "발생일시",
          "날짜",   "일시",       "data",           "dato",       "datumtijd", "tarih",    "päivämäärä",
          "kiedy",  "zdarzenia"}},
        {"clock",
         {"clock",    "time",    "hour",   "timeofday", "incidenttime", "occurtime",   "starttime", "uhrzeit",
          "zeit",     "tatzeit", "stunde", "hora",      "horario",      "horahecho",   "heure",     "godzina",
          "czas",     "ora",     "orario", "tijd",      "tijdstip",     "uur",         "время",     "час",
          "时刻",     "时间",    "小时",   "时点",      "发生时刻",     "发生时间",    "报警时间",  "時刻",
          "発生時刻", "시간",    "시각",   "saat",      "klockslag",    "klokkeslett", "kello"}},
        {"category", {"category",  "offense",     "offence",   "calltype",  "类别",     "类型",
                      "案由",      "警情类别",    "crimetype", "type",      "crime",    "codedescription",
                      "nature",    "class",       "kind",      "primary",   "art",      "tipo",
                      "категория", "description", "delikt",    "delito",    "straftat", "stichwort",
                      "kategorie", "categoria",   "natureza",  "motivo",    "種別",     "種類",
                      "罪種",      "罪名",        "종류",      "유형",      "죄종",     "rodzaj",
                      "nature",    "druh",        "typ",       "soort",     "luokka",   "infraction",
                      "motif",     "naturaleza",  "categorie", "categoria", "tur"}},
        {"severity", {"severity", "priority", "级别", "等级", "优先级", "urgency", "finalpriority"}},
        {"text", {"text",        "narrative",    "description", "简要警情",     "内容",        "描述",
                  "remarks",     "notes",        "comment",     "blockaddress", "address",     "地址",
                  "sachverhalt", "beschreibung", "descricao",   "descripcion",  "straße",      "strasse",
                  "logradouro",  "endereco",     "calle",       "adresse",      "opis",        "内容",
                  "状況",        "住所",         "내용",        "주소",         "popis",       "indirizzo",
                  "direccion",   "adres",        "endereço",    "descrição",    "descripción", "dirección"}},
        {"address",
         {"address", "地址", "addr", "street", "adresse", "direccion", "anschrift", "straße", "strasse",
          "logradouro", "endereco", "indirizzo", "calle"}},
        {"class",
         {"class", "highway", "fclass", "functionalclass", "roadtype", "roadclass", "道路等级", "type",
          "等级"}},
        {"speed", {"speed", "maxspeed", "speedlimit", "限速", "postedspeed"}},
        {"oneway", {"oneway", "directionality", "单行", "单向", "direction", "dir"}},
        {"role", {"role", "角色", "岗位", "unittype"}},
        {"desk", {"desk", "station", "所属单位", "派出所"}},
        {"skills", {"skills", "技能"}},
        {"capacity", {"capacity", "容量"}},
        {"shifts", {"shifts", "班次"}},
        {"team", {"team", "班组", "小组"}},
        {"breaks", {"breaks", "休息"}},
        {"owns", {"owns", "负责区域", "责任区"}},
        {"priority", {"priority", "优先级"}},
    };
    return words;
}

const Words& kindWords(const std::string& kind) {
    static const std::map<std::string, Words> words{
        {"station", {"station", "district", "precinct", "派出所", "division", "area"}},
        {"beat", {"beat", "psa", "警格", "sector", "zone", "patrolarea", "servicearea", "警务区"}},
        {"bureau", {"bureau", "department", "分局"}},
        {"grid", {"grid", "网格", "cell"}},
        {"community", {"community", "社区", "村", "neighborhood", "neighbourhood"}},
        {"township", {"township", "town", "街道", "乡镇", "镇"}},
        {"county", {"county", "adcode", "区县", "县"}},
        {"city", {"city", "市"}}};
    static const Words none;
    const auto found = words.find(kind);
    return found == words.end() ? none : found->second;
}

std::string plain(const std::string& name) {
    std::string out = asciiLower(name);
    std::erase_if(out, [](char c) {
        return static_cast<unsigned char>(c) < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
    });
    return out;
}

double fits(const std::string& column, const Words& words) {
    const std::string whole = plain(column), lower = "_" + asciiLower(column) + "_";
    double best = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string word = words[i];
        const double weight = 1 - 0.4 * static_cast<double>(i) / static_cast<double>(words.size());
        double fit = 0;
        if (whole == word)
            fit = 1;
        else if (lower.find("_" + word + "_") != lower.npos)
            fit = 0.85;
        else if (word.size() >= 4 && (whole.ends_with(word) || whole.starts_with(word)))
            fit = 0.75;
        else if (word.size() >= 5 && whole.find(word) != whole.npos)
            fit = 0.6;
        best = std::max(best, fit * weight);
    }
    return best;
}

} // namespace

namespace {

// A time that is a day only, as written.
bool midnight(std::string_view text, const TimeZone& utc) {
    const auto at = text.size() >= 8 ? parseTime(text, utc, ZuluMeans::local) : std::nullopt;
    if (!at)
        return false;
    const auto local = utc.local(*at);
    return local.hour == 0 && local.minute == 0 && local.second == 0;
}

} // namespace

double nameFits(const std::string& ours, const std::string& column, const std::string& kind) {
    const std::string whole = plain(column);
    for (const char* rowNumber :
         {"objectid", "objectid1", "fid", "oid", "gmlid", "ogcfid", "shapelength", "shapearea"})
        if (whole == rowNumber)
            return 0;
    double fit = 0;
    if (const auto found = wordsOf().find(ours); found != wordsOf().end())
        fit = fits(column, found->second);
    if (ours == "code" && !kind.empty()) // "DISTRICT" in a file of districts is its code rather than its name
        fit = std::max(fit, 1.1 * fits(column, kindWords(kind)));
    return fit;
}

std::vector<ColumnProfile> profileColumns(const Snapshot& snapshot) {
    std::vector<ColumnProfile> out(snapshot.fields().size());
    const TimeZone utc = TimeZone::utc();
    const std::size_t rows = std::min<std::size_t>(snapshot.size(), 50'000);
    for (std::size_t f = 0; f < out.size(); ++f) {
        ColumnProfile& column = out[f];
        column.name = snapshot.fields()[f];
        column.type = snapshot.fieldType(f);
        column.rows = rows;
        double length = 0;
        for (std::size_t i = 0; i < rows; ++i) {
            const std::string_view text = snapshot.text(i, static_cast<int>(f));
            if (text.empty() || text == "null" || text == "NULL" || text.find_first_not_of(' ') == text.npos)
                continue;
            ++column.filled;
            length += static_cast<double>(text.size());
            if (column.distinct.size() < ColumnProfile::mostDistinct || i < ColumnProfile::mostDistinct)
                column.distinct.emplace(text);
            if (column.filled <= 2000) {
                column.times += text.size() >= 8 && parseTime(text, utc).has_value();
                double number = 0;
                const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
                column.numbers += error == std::errc() && end == text.data() + text.size();
                column.clocks += readClockText(text, BareNumber::hour).has_value();
                column.midnights += midnight(text, utc);
                column.zulu += text.back() == 'Z' && text.find(':') != text.npos;
                column.blanks = column.blanks || text.find(' ') != text.npos;
                column.links = column.links || text.find("://") != text.npos;
            }
        }
        column.meanLength = column.filled ? length / static_cast<double>(column.filled) : 0;
        if (column.filled > 2000) { // shares were taken from the first rows
            const double scale = static_cast<double>(column.filled) / 2000;
            for (std::size_t* count :
                 {&column.times, &column.numbers, &column.zulu, &column.clocks, &column.midnights})
                *count = static_cast<std::size_t>(static_cast<double>(*count) * scale);
        }
    }
    return out;
}

double shareIn(const ColumnProfile& column, const std::set<std::string>& codes) {
    std::size_t hits = 0;
    for (const std::string& value : column.distinct)
        hits += codes.contains(value);
    return column.distinct.empty() ? 0
                                   : static_cast<double>(hits) / static_cast<double>(column.distinct.size());
}

} // namespace vedette::layers
