// SPDX-License-Identifier: GPL-3.0-or-later
#include "check.h"
#include "conversation.h"
#include "profile.h"
#include "sandbox/sandbox.h"

#include <qgsapplication.h>
#include <qgsproviderregistry.h>
#include <qgssettings.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <filesystem>
#include <new>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>
#include <typeinfo>
#include <unistd.h>

// Stands before the library's own. Qt throws where operator new would have ended the helper at once, and QGIS
// catches that and leaves the layer out without a word: here too it is the end, and the console says why.
extern "C" [[noreturn]] void __cxa_throw(void* thrown, void* type, void (*destroy)(void*)) {
    static const auto next = reinterpret_cast<decltype(&__cxa_throw)>(::dlsym(RTLD_NEXT, "__cxa_throw"));
    if (!next || *static_cast<const std::type_info*>(type) == typeid(std::bad_alloc))
        ::_exit(static_cast<int>(vedette::wire::ExitCode::outOfMemory));
    next(thrown, type, destroy);
    std::abort(); // it does not come back
}

namespace {

using vedette::wire::ExitCode;

constexpr const char* usage =
    R"(usage: vedette-cartographer --socket NAME [--silence SECONDS] [--read FOLDER]... [--write FOLDER]...
                            [--network] [--memory MIB] [--cpu SECONDS]
       vedette-cartographer --check PROJECT [--read FOLDER]... [--network]
       vedette-cartographer --version
Draws a QGIS project for a Vedette console that listens at the local socket NAME, or says as JSON which
layers of PROJECT can be read. It reads the FOLDERs (with --check: the project's too) and the system's,
writes those to write and its own temporary one, and reaches no network unless told to. One drawing, sheet or
other question may take so many SECONDS of processor time, of all threads; the kernel ends what takes more.
exit status: 0 done, 1 project or layer unusable (--check), 2 usage, 3 QGIS did not start, 4 nobody listens
at NAME, 5 the console went away, 6 the console was silent, 7 it sent garbage, 8 it speaks another version,
9 the memory allowed was not enough
)";

struct Arguments {
    std::string socket, project;
    std::chrono::seconds silence{30};
    std::vector<std::filesystem::path> read, write;
    std::int64_t memory = 0; // bytes; 0: no limit
    std::int64_t cpu = 0;    // seconds; 0: no limit
    bool version = false, network = false;
};

bool number(std::string_view text, int& into) {
    return std::from_chars(text.data(), text.data() + text.size(), into).ec == std::errc{} && into > 0;
}

bool parse(int argc, char** argv, Arguments& into) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        if (name == "--version") {
            into.version = true;
            continue;
        }
        if (name == "--network") {
            into.network = true;
            continue;
        }
        if (i + 1 == argc)
            return false;
        const std::string_view value = argv[++i];
        int amount = 0;
        if (name == "--socket")
            into.socket = value;
        else if (name == "--check")
            into.project = value;
        else if (name == "--read")
            into.read.emplace_back(value);
        else if (name == "--write")
            into.write.emplace_back(value);
        else if (name == "--silence" && number(value, amount))
            into.silence = std::chrono::seconds(amount);
        else if (name == "--memory" && number(value, amount))
            into.memory = std::int64_t{amount} << 20;
        else if (name == "--cpu" && number(value, amount))
            into.cpu = amount;
        else
            return false;
    }
    return into.version || into.socket.empty() != into.project.empty();
}

ExitCode fail(ExitCode code, const char* text) {
    std::fprintf(stderr, "vedette-cartographer: %s\n", text);
    return code;
}

// The one socket it ever has, made before there are none to be had. -1: nobody listens.
int connectTo(const std::string& name) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (name.size() >= sizeof address.sun_path)
        return -1;
    std::memcpy(address.sun_path, name.data(), name.size());
    const int made = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (made >= 0 && ::connect(made, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0)
        return made;
    ::close(made);
    return -1;
}

// Before QGIS and its threads are there, so that all of them are held.
void confine(const Arguments& arguments, const QString& profile) {
    namespace sandbox = vedette::sandbox;
    sandbox::limitResources(arguments.memory, 0, static_cast<int>(ExitCode::outOfMemory));
    sandbox::Reach reach{arguments.read, arguments.write,
                         arguments.network ? sandbox::Sockets::any : sandbox::Sockets::none};
    if (!arguments.project.empty())
        reach.readable.push_back(std::filesystem::absolute(arguments.project).parent_path());
    reach.writable.emplace_back(profile.toStdString());
    sandbox::confine(reach);
}

ExitCode run(const Arguments& arguments, int channel) {
    if (!arguments.project.empty())
        return vedette::cartographer::checkProject(arguments.project, arguments.network);
    vedette::cartographer::Conversation conversation(arguments.silence, arguments.cpu, arguments.network);
    if (!conversation.talkOver(channel))
        return fail(ExitCode::noConnection, "the socket can't be used");
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
    int channel = -1;
    if (!arguments.socket.empty() && (channel = connectTo(arguments.socket)) < 0) {
        profile.remove();
        return static_cast<int>(fail(ExitCode::noConnection, "nobody listens at the socket"));
    }
    confine(arguments, profile.path());
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
    const ExitCode code = run(arguments, channel);
    profile.remove();
    // QGIS's own ending waits for drawings that were cancelled, and has crashed doing so: there is nothing to
    // save.
    ::_exit(static_cast<int>(code));
}
