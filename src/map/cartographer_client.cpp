// SPDX-License-Identifier: GPL-3.0-or-later
#include "map/cartographer_client.h"

#include "cartographer_client_link.h"
#include "cartographer_client_process.h"
#include "cartographer_errand.h"
#include "cartographer_scratch.h"

#include <QTimer>

#include <algorithm>
#include <cmath>
#include <optional>

namespace vedette::map {

using std::chrono::milliseconds;

namespace {

// Smaller than asked where the frame would not fit in one message (an 8K wall): same view, coarser pixels.
wire::Render renderOf(const View& view) {
    const double halfWidth = view.size.width() * view.metresPerPixel / 2;
    const double halfHeight = view.size.height() * view.metresPerPixel / 2;
    wire::Render render{view.centre.x - halfWidth, view.centre.y - halfHeight, view.centre.x + halfWidth,
                        view.centre.y + halfHeight};
    render.devicePixelRatio = view.devicePixelRatio;
    render.rotation = view.rotation.degrees();
    const auto pixels = [&](int logical) {
        return static_cast<std::uint32_t>(std::max(1L, std::lround(logical * render.devicePixelRatio)));
    };
    while (!wire::frameFits(render.width = pixels(view.size.width()),
                            render.height = pixels(view.size.height())))
        render.devicePixelRatio *= 0.75;
    return render;
}

bool drawable(const View& view) {
    return !view.size.isEmpty() && std::isfinite(view.metresPerPixel) && view.metresPerPixel > 0 &&
           std::isfinite(view.centre.x) && std::isfinite(view.centre.y) &&
           std::isfinite(view.devicePixelRatio) && view.devicePixelRatio > 0;
}

QImage imageOf(wire::Frame frame) {
    auto* pixels = new std::vector<std::uint8_t>(std::move(frame.pixels));
    return QImage(
        pixels->data(), static_cast<int>(frame.width), static_cast<int>(frame.height), frame.stride,
        QImage::Format_ARGB32_Premultiplied,
        [](void* held) { delete static_cast<std::vector<std::uint8_t>*>(held); }, pixels);
}

layers::Message messageOf(const wire::Said& said) {
    return {said.code, said.args};
}

} // namespace

struct CartographerClient::Impl {
    // What the helper is doing, as far as it has told.
    enum class Phase { stopped, waiting, opening, open, parting, broken };
    static constexpr std::uint64_t askedFrom = std::uint64_t{1}
                                               << 62; // generations of identify, above all frames
    static constexpr int mostEndings = 3;
    struct Request {
        View view;
        wire::Render render;
        int crashes = 0;
        bool answered = false;
    };

    CartographerClient& self;
    Settings settings;
    State state = State::absent;
    Phase phase = Phase::stopped;
    layers::Message reason;
    std::vector<layers::Message> openProblems, drawProblems;
    std::vector<Layer> layers;
    QString version;
    CartographerLink* link = nullptr;
    CartographerProcess* process = nullptr;
    QTimer heart, retry, good;
    milliseconds backOff{};
    milliseconds silence{}, phaseAge{}; // counted in heartbeats, so that our own stall accuses nobody
    std::optional<Request> request;
    std::uint64_t generation = 0, beats = 0;
    std::optional<CartographerScratch> scratch;
    std::optional<layers::Point> asked; // identify, not yet answered
    std::uint64_t askedBy = askedFrom;
    quint64 styles = 0;
    bool everOpened = false; // this helper
    int endedByProject = 0;  // times in a row that opening it was the helper's end

    Impl(CartographerClient& owner, Settings given) : self(owner), settings(std::move(given)) {
        settings.complete();
        QObject::connect(&heart, &QTimer::timeout, &self, [this] { beat(); });
        QObject::connect(&good, &QTimer::timeout, &self, [this] { backOff = settings.firstBackOff; });
        QObject::connect(&retry, &QTimer::timeout, &self, [this] { launch(); });
        good.setSingleShot(true);
        retry.setSingleShot(true);
        heart.setInterval(settings.heartbeat);
    }

    void become(State next, layers::Message why = {}) {
        if (state == next && reason == why)
            return;
        state = next;
        reason = std::move(why);
        emit self.stateChanged();
    }

    void enter(Phase next) {
        phase = next;
        phaseAge = silence = milliseconds{0};
    }

    void start() {
        if (phase != Phase::stopped && phase != Phase::broken)
            return;
        backOff = settings.firstBackOff;
        std::error_code ignored;
        if (settings.project.empty())
            return become(State::absent, {"cartographerNoProject", {}});
        if (!std::filesystem::is_regular_file(settings.program, ignored))
            return become(State::absent, {"cartographerMissing", {{"path", settings.program.string()}}});
        become(State::starting);
        launch();
    }

    void launch() {
        link = new CartographerLink;
        link->heard = [this](wire::Message message) { hear(std::move(message)); };
        link->faulted = [this](wire::Fault fault) { onFault(fault); };
        link->closed = [this] {
            if (phase == Phase::open || phase == Phase::opening)
                enter(Phase::parting); // how it exits tells more: wait for that
        };
        process = new CartographerProcess;
        process->ended = [this](layers::Message why) { broke(std::move(why)); };
        everOpened = false;
        enter(Phase::waiting);
        if (!scratch)
            scratch.emplace();
        if (!scratch->ok() || !link->listen())
            return broke({"cartographerNoSocket", {{"cause", link->error().toStdString()}}});
        heart.start();
        process->start(settings, link->name(), scratch->path());
    }

    // Lets go of the helper; what it still says or does reaches nobody.
    void release(bool atOnce) {
        heart.stop();
        good.stop();
        if (auto* old = std::exchange(link, nullptr)) {
            if (!atOnce)
                old->say({0, wire::Quit{}});
            old->shut();
            old->deleteLater();
        }
        if (auto* old = std::exchange(process, nullptr))
            old->abandon(atOnce);
    }

    // The helper is no good any more: another one after the back-off.
    void broke(layers::Message why) {
        if (state == State::drawing && request && ++request->crashes >= 2)
            request.reset();
        // A project that QGIS does not survive (one that embeds itself, say) would end every helper.
        const bool opening = phase == Phase::opening || (phase == Phase::parting && !everOpened);
        const bool ended = why.code == "cartographerCrashed" || why.code == "cartographerOutOfMemory";
        endedByProject = opening && ended ? endedByProject + 1 : 0;
        release(true);
        enter(Phase::broken);
        if (endedByProject >= mostEndings)
            return giveUp({"projectEndsHelper", {{"path", settings.project.string()}, {"cause", why.code}}});
        if (why.code == "cartographerMissing") // it was there when we looked, and could not be run
            return give(State::absent, std::move(why));
        retry.start(backOff);
        backOff = std::min(backOff * 2, settings.longestBackOff);
        become(State::restarting, std::move(why));
    }

    void giveUp(layers::Message why) {
        endedByProject = 0;
        enter(Phase::stopped);
        become(State::failed, std::move(why));
    }

    void give(State last, layers::Message why) {
        release(false);
        enter(Phase::stopped);
        become(last, std::move(why));
    }

    void onFault(wire::Fault fault) {
        if (fault.kind == wire::Fault::Kind::wrongVersion)
            return give(State::failed, {"cartographerVersion",
                                        {{"theirs", std::to_string(fault.got)},
                                         {"ours", std::to_string(wire::protocolVersion)}}});
        broke({"cartographerGarbage", {{"cause", std::string(wire::name(fault.kind))}}});
    }

    void beat() {
        if (link->alive())
            silence = milliseconds{0};
        else
            silence += settings.heartbeat;
        phaseAge += settings.heartbeat;
        const bool drawing = phase == Phase::open && request && !request->answered;
        const auto limit = phase == Phase::waiting   ? settings.startLimit
                           : phase == Phase::opening ? settings.openLimit
                                                     : settings.hung;
        const auto overdue = [&](milliseconds waited) {
            broke({"cartographerHung", {{"seconds", std::to_string((waited.count() + 500) / 1000)}}});
        };
        if (silence > limit)
            return overdue(silence);
        if (drawing && phaseAge > settings.drawLimit)
            return overdue(phaseAge);
        if (phase == Phase::open)
            link->say({++beats, wire::Ping{}});
    }

    void hear(wire::Message message) {
        silence = milliseconds{0};
        std::visit([&](auto& body) { on(message.generation, body); }, message.body);
    }

    void outOfTurn() { broke({"cartographerGarbage", {{"cause", "outOfTurn"}}}); }

    void on(std::uint64_t, wire::Hello& hello) {
        if (phase != Phase::waiting)
            return outOfTurn();
        version = QStringLiteral("QGIS %1, Qt %2")
                      .arg(QString::fromStdString(hello.qgis), QString::fromStdString(hello.qt));
        enter(Phase::opening);
        link->say({0, wire::Hello{VEDETTE_VERSION, qVersion(), {}}});
        link->say({0, wire::Open{settings.project.string(), settings.workspace.string(), settings.crs}});
    }

    void on(std::uint64_t, wire::Opened& opened) {
        if (phase != Phase::opening)
            return outOfTurn();
        enter(Phase::open);
        everOpened = true;
        layers.clear();
        for (const wire::Layer& layer : opened.layers)
            layers.push_back({QString::fromStdString(layer.name), layer.valid});
        openProblems.clear();
        std::transform(opened.problems.begin(), opened.problems.end(), std::back_inserter(openProblems),
                       messageOf);
        drawProblems.clear();
        good.start(settings.goodAfter);
        emit self.problemsChanged();
        become(State::ready);
        if (request && !request->answered)
            send();
    }

    void on(std::uint64_t of, wire::Failed& failed) {
        if (phase == Phase::opening)
            return give(State::failed, messageOf(failed.why));
        if (phase != Phase::open)
            return outOfTurn();
        if (of >= askedFrom)
            return found(of, {});
        if (of == generation && request)
            answered({messageOf(failed.why)});
    }

    void on(std::uint64_t of, wire::Frame& frame) {
        if (phase != Phase::open)
            return outOfTurn();
        if (of != generation || !request || request->answered)
            return; // overtaken
        if (frame.width != request->render.width || frame.height != request->render.height)
            return broke({"cartographerGarbage", {{"cause", "frameSize"}}});
        std::vector<layers::Message> problems;
        for (const auto& said : frame.problems)
            problems.push_back(messageOf(said));
        const View view = request->view;
        answered(std::move(problems));
        emit self.frameReady(imageOf(std::move(frame)), view);
    }

    void on(std::uint64_t, wire::Pong&) {}
    void on(std::uint64_t, wire::Open&) { outOfTurn(); }
    void on(std::uint64_t, wire::Render&) { outOfTurn(); }
    void on(std::uint64_t, wire::Ping&) { outOfTurn(); }
    void on(std::uint64_t, wire::Quit&) { outOfTurn(); }
    void on(std::uint64_t of, wire::Identified& said) {
        if (phase != Phase::open)
            return outOfTurn();
        found(of, said);
    }
    template <class Errand>
    void on(std::uint64_t, Errand&) {
        outOfTurn();
    }

    void found(std::uint64_t of, const wire::Identified& said) {
        if (of != askedBy || !asked)
            return;
        std::vector<Found> all;
        for (const wire::Found& one : said.found) {
            Found& put = all.emplace_back();
            put.layer = QString::fromStdString(one.layer);
            put.title = QString::fromStdString(one.title);
            for (const auto& [name, value] : one.attributes)
                put.attributes.emplace_back(QString::fromStdString(name), QString::fromStdString(value));
        }
        const layers::Point at = *std::exchange(asked, std::nullopt);
        emit self.identified(at, all, said.more);
    }

    void answered(std::vector<layers::Message> problems) {
        request->answered = true;
        if (problems != drawProblems) {
            drawProblems = std::move(problems);
            emit self.problemsChanged();
        }
        become(State::ready);
    }

    void send() {
        phaseAge = milliseconds{0};
        link->say({++generation, request->render});
        become(State::drawing);
    }
};

CartographerClient::CartographerClient(Settings settings, QObject* parent)
    : QObject(parent), impl_(std::make_unique<Impl>(*this, std::move(settings))) {}

CartographerClient::~CartographerClient() {
    auto* process = std::exchange(impl_->process, nullptr);
    impl_->release(false);
    delete process; // at once: an event loop may never come again
}

void CartographerClient::start() {
    impl_->start();
}

void CartographerClient::request(const View& view) {
    if (!drawable(view))
        return;
    impl_->request = Impl::Request{view, renderOf(view)};
    if (impl_->phase == Impl::Phase::open)
        impl_->send();
}

bool CartographerClient::identify(layers::Point at, double tolerance) {
    if (impl_->phase != Impl::Phase::open)
        return false;
    impl_->asked = at;
    impl_->link->say({++impl_->askedBy, wire::Identify{at.x, at.y, tolerance}});
    return true;
}

quint64 CartographerClient::convertStyle(bool toQml, const QString& geometry, const QByteArray& text) {
    const quint64 number = ++impl_->styles;
    CartographerReach reach = impl_->settings;
    reach.project.clear();
    reach.crs.clear();
    auto* errand = new CartographerErrand(std::move(reach), this);
    const auto refuse = [this, errand, number](const layers::Message& why) {
        errand->deleteLater();
        emit styleRefused(number, why);
    };
    errand->failed = refuse;
    errand->answered = [this, errand, number, refuse](wire::Body answer) {
        const auto* converted = std::get_if<wire::StyleConverted>(&answer);
        if (!converted)
            return refuse({"cartographerGarbage", {{"cause", "outOfTurn"}}});
        errand->deleteLater();
        std::vector<layers::Message> lost;
        std::transform(converted->lost.begin(), converted->lost.end(), std::back_inserter(lost), messageOf);
        emit styleConverted(number, QByteArray::fromStdString(converted->text), lost);
    };
    // Not before the caller knows the number.
    QTimer::singleShot(0, errand, [=, this] {
        wire::ConvertStyle question{toQml, geometry.toStdString(), text.toStdString()};
        if (!wire::fits({1, question}))
            return refuse({"styleUnreadable", {{"cause", "too long"}}});
        errand->ask(std::move(question));
    });
    return number;
}

CartographerClient::State CartographerClient::state() const {
    return impl_->state;
}

layers::Message CartographerClient::reason() const {
    return impl_->reason;
}

std::vector<layers::Message> CartographerClient::problems() const {
    auto all = impl_->openProblems;
    all.insert(all.end(), impl_->drawProblems.begin(), impl_->drawProblems.end());
    return all;
}

std::vector<CartographerClient::Layer> CartographerClient::layers() const {
    return impl_->layers;
}

QString CartographerClient::version() const {
    return impl_->version;
}

qint64 CartographerClient::processId() const {
    return impl_->process ? impl_->process->id() : 0;
}

} // namespace vedette::map
