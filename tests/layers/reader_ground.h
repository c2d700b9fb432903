// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/reader.h"
#include "temporary_folder.h"

#include <gtest/gtest.h>

// A workspace in a folder of its own, and the small reader child beside this test program.
class ReaderTest : public testing::Test {
protected:
    ReaderTest() {
        workspace.folder = folder.path();
        workspace.crs = "EPSG:3857";
        workspace.timeZone = "Etc/UTC";
        options.reader = std::filesystem::path(VEDETTE_BIN_DIR) / "read_source";
    }
    vedette::layers::Result<vedette::layers::Snapshot> read(const std::string& source) {
        vedette::layers::SourceSpec spec;
        spec.source = source;
        return readSource(workspace, spec, options);
    }
    static std::string said(const vedette::layers::Problem& problem) {
        return word(problem.message, vedette::layers::Language::english);
    }
    // The codes of what was found, with rows: "polygonRepaired@3 latLonSwapped@7".
    static std::string found(const vedette::layers::Snapshot& snapshot) {
        std::string out;
        for (const auto& finding : snapshot.findings())
            out += (out.empty() ? "" : " ") + finding.message.code +
                   (finding.row < 0 ? "" : "@" + std::to_string(finding.row));
        return out;
    }

    TemporaryFolder folder;
    vedette::layers::Workspace workspace;
    vedette::layers::ReadOptions options;
};
