// SPDX-License-Identifier: GPL-3.0-or-later
// A console with nothing but its cartographer: prints the helper's process id, then lives until it is killed.
#include "map/cartographer_client.h"

#include <QCoreApplication>

#include <cstdio>

int main(int argc, char** argv) {
    using vedette::map::CartographerClient;
    QCoreApplication application(argc, argv);
    CartographerClient::Settings settings;
    settings.program = argv[1];
    settings.project = argv[2];
    CartographerClient client(settings);
    QObject::connect(&client, &CartographerClient::stateChanged, &client, [&] {
        if (client.state() == CartographerClient::State::ready) {
            std::printf("%lld\n", static_cast<long long>(client.processId()));
            std::fflush(stdout);
        }
    });
    client.start();
    return QCoreApplication::exec();
}
