// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/resources.h"
#include "console/theme.h"

#include <QApplication>

#include <gtest/gtest.h>

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    ::testing::InitGoogleTest(&argc, argv);
    QApplication app(argc, argv);
    vedette::console::initResources();
    vedette::console::applyTheme(app, vedette::map::Theme::dark);
    return RUN_ALL_TESTS();
}
