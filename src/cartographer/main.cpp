// SPDX-License-Identifier: GPL-3.0-or-later
#include "check.h"
#include "conversation.h"
#include "profile.h"

#include <qgsapplication.h>
#include <qgsproviderregistry.h>
#include <qgssettings.h>

#include <charconv>
#include <cstdio>
#include <string_view>
#include <unistd.h>

namespace {

using vedette::wire::ExitCode;

constexpr const char* usage = R"(usage: vedette-cartographer --socket NAME [--silence SECONDS]
       vedette-cartographer --check PROJECT
       vedette-cartographer --version
Draws a QGIS project for a Vedette console that listens at the local socket NAME, or says as JSON which
layers of PROJECT can be read.
exit status: 0 done, 1 project or layer unusable (--check), 2 usage, 3 QGIS did not start, 4 nobody listens
at NAME, 5 the console went away, 6 the console was silent, 7 it sent garbage, 8 it speaks another version
)";

struct Arguments {
    std::string socket, project;
    std::chrono::seconds silence{30};
    bool version = false;
};

bool parse(int argc, char** argv, Arguments& into) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        if (name == "--version") {
            into.version = true;
            continue;
        }
        if (i + 1 == argc)
            return false;
        const std::string_view value = argv[++i];
        int seconds = 0;
        if (name == "--socket")
            into.socket = value;
        else if (name == "--check")
            into.project = value;
        else if (name == "--silence" &&
                 std::from_chars(value.data(), value.data() + value.size(), seconds).ec == std::errc{} &&
                 seconds > 0)
            into.silence = std::chrono::seconds(seconds);
        else
            return false;
    }
    return into.version || into.socket.empty() != into.project.empty();
}

ExitCode fail(ExitCode code, const char* text) {
    std::fprintf(stderr, "vedette-cartographer: %s\n", text);
    return code;
}

ExitCode run(const Arguments& arguments) {
    if (!arguments.project.empty())
        return vedette::cartographer::checkProject(arguments.project);
    vedette::cartographer::Conversation conversation(arguments.silence);
    if (!conversation.connectTo(QString::fromStdString(arguments.socket)))
        return fail(ExitCode::noConnection, "nobody listens at the socket");
    return static_cast<ExitCode>(QCoreApplication::exec());
}

} // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    if (!parse(argc, argv, arguments)) {
        std::fputs(usage, stderr);
        return static_cast<int>(ExitCode::usage);
    }
    if (arguments.version) {
        std::printf("vedette-cartographer %s, protocol %d, QGIS %s, Qt %s\n", VEDETTE_VERSION,
                    vedette::wire::protocolVersion, _QGIS_VERSION, qVersion());
        return 0;
    }
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");

    vedette::cartographer::Profile profile;
    if (!profile.ok())
        return static_cast<int>(fail(ExitCode::environment, "no temporary folder for the QGIS profile"));
    QgsApplication application(argc, argv, false, profile.path());
    QgsApplication::setPrefixPath(QStringLiteral(VEDETTE_QGIS_PREFIX), true);
    QgsSettings settings;
    // A GeoPackage that is only looked at needs no write-ahead log beside it.
    settings.setValue(QStringLiteral("qgis/walForSqlite3"), false);
    settings.setValue(QStringLiteral("qgis/networkAndProxy/networkTimeout"), 10000);
    QgsApplication::initQgis();
    if (!QgsProviderRegistry::instance()->providerList().contains(QStringLiteral("ogr"))) {
        profile.remove();
        return static_cast<int>(fail(ExitCode::environment, "QGIS has no providers"));
    }
    const ExitCode code = run(arguments);
    profile.remove();
    // QGIS's own ending waits for drawings that were cancelled, and has crashed doing so: there is nothing to
    // save.
    ::_exit(static_cast<int>(code));
}
