// SPDX-License-Identifier: GPL-3.0-or-later
#include "archive.h"

#include "stored_zip.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace vedette::cartographer {
namespace {

class Folder {
public:
    Folder() {
        std::string name = std::filesystem::temp_directory_path() / "archive-XXXXXX";
        path_ = ::mkdtemp(name.data());
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    std::filesystem::path write(const std::string& name, const std::string& bytes) const {
        std::ofstream(path_ / name, std::ios::binary) << bytes;
        return path_ / name;
    }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

std::string codeOf(const std::optional<wire::Said>& said) {
    return said ? said->code : "";
}
std::string causeOf(const std::optional<wire::Said>& said) {
    for (const auto& [name, value] : said ? said->args : decltype(said->args){})
        if (name == "cause")
            return value;
    return "";
}

TEST(Archive, AProjectArchivePasses) {
    const Folder folder;
    EXPECT_FALSE(inspectProject(folder.write("a.qgz", storedZip({{"a.qgs", "<qgis/>"}, {"a.qgd", "x"}}))));
    EXPECT_FALSE(inspectProject(folder.write("B.QGZ", storedZip({{"图/底图.qgs", "<qgis/>"}}))));
}

TEST(Archive, APlainProjectIsOnlyWeighed) {
    const Folder folder;
    const auto path = folder.write("a.qgs", std::string(100, ' '));
    EXPECT_FALSE(inspectProject(path));
    EXPECT_EQ(codeOf(inspectProject(path, {99, 1})), "projectTooBig");
}

TEST(Archive, WhatIsNotThereIsNamed) {
    const Folder folder;
    const auto missing = inspectProject(folder.path() / "none.qgz");
    EXPECT_EQ(codeOf(missing), "projectUnreadable");
    EXPECT_EQ(missing->args[0].second, (folder.path() / "none.qgz").string());
    EXPECT_EQ(codeOf(inspectProject(folder.path())), "projectUnreadable");
}

TEST(Archive, WhatIsNoZipIsRefused) {
    const Folder folder;
    EXPECT_EQ(causeOf(inspectProject(folder.write("a.qgz", ""))), "not a zip archive");
    EXPECT_EQ(causeOf(inspectProject(folder.write("b.qgz", "<qgis/>"))), "not a zip archive");
    EXPECT_EQ(causeOf(inspectProject(folder.write("c.qgz", std::string(100000, 'P')))), "not a zip archive");
    EXPECT_EQ(causeOf(inspectProject(folder.write("d.qgz", storedZip({{"a.txt", "x"}})))),
              "no .qgs in the archive");
    EXPECT_EQ(causeOf(inspectProject(folder.write("e.qgz", storedZip({})))), "no .qgs in the archive");
}

TEST(Archive, WhatUnpacksToTooMuchIsRefusedUnopened) {
    const Folder folder;
    const std::int64_t gigabyte = 1 << 30;
    EXPECT_EQ(codeOf(inspectProject(folder.write("a.qgz", storedZip({{"a.qgs", "x", gigabyte}})))),
              "projectTooBig");
    EXPECT_EQ(codeOf(inspectProject(folder.write("b.qgz", storedZip({{"a.qgs", "x", 0xFFFFFFFF}})))),
              "projectTooBig"); // zip64
    std::vector<ZipEntry> many(30, {"a.qgs", "x", 20 << 20});
    EXPECT_EQ(codeOf(inspectProject(folder.write("c.qgz", storedZip(many)))), "projectTooBig");
    many.resize(25);
    EXPECT_FALSE(inspectProject(folder.write("d.qgz", storedZip(many))));
    EXPECT_EQ(causeOf(inspectProject(
                  folder.write("e.qgz", storedZip(std::vector<ZipEntry>(10001, {"a.qgs", "x"}))))),
              "broken zip directory");
}

TEST(Archive, AnEntryThatPointsOutsideIsRefusedByName) {
    const Folder folder;
    for (const std::string name : {"../a.qgs", "/etc/a.qgs", "x/../../a.qgs", "..\\a.qgs", ".."}) {
        const auto said =
            inspectProject(folder.write("a.qgz", storedZip({{"a.qgs", "<qgis/>"}, {name, "x"}})));
        ASSERT_EQ(codeOf(said), "projectReachesOut") << name;
        EXPECT_EQ(said->args[1].second, name);
    }
    EXPECT_FALSE(inspectProject(folder.write("a.qgz", storedZip({{"..a..qgs", "<qgis/>"}}))));
}

RC_GTEST_PROP(ArchiveLaw, DamageGivesAValue, ()) {
    static const Folder folder;
    auto bytes = storedZip({{"a.qgs", "<qgis/>"}, {"b.qgd", "1234"}});
    const auto damages = *rc::gen::inRange(1, 6);
    for (int i = 0; i < damages; ++i)
        bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
    bytes.resize(*rc::gen::inRange<std::size_t>(0, bytes.size() + 1));
    const auto said = inspectProject(folder.write("damaged.qgz", bytes));
    RC_ASSERT(!said || said->code.starts_with("project"));
}

} // namespace
} // namespace vedette::cartographer
