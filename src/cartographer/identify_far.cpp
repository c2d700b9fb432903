// SPDX-License-Identifier: GPL-3.0-or-later
#include "identify_far.h"

#include "identify_words.h"

#include <qgsnetworkaccessmanager.h>
#include <qgsrasterdataprovider.h>
#include <qgsrasteridentifyresult.h>
#include <qgsrasterlayer.h>

#include <QCoreApplication>
#include <QNetworkReply>
#include <QPointer>
#include <QRunnable>
#include <QThread>
#include <QThreadPool>
#include <QTimer>

#include <chrono>

namespace vedette::cartographer {

namespace {

constexpr qint64 mostBytes = qint64{4} << 20; // of one answer; its words are a fraction, outlines may be long
constexpr int mostAtOnce = 8;                 // servers being asked, those included that are no longer waited for
constexpr int pixelsOfReach = 6;              // the console's tolerance, as it stands on the screen
constexpr int sideOfBox = 101;                // odd: the place is the middle of a pixel
constexpr std::chrono::milliseconds howOftenLooked{100};

// QGIS waits for a server in an event loop within the call and knows neither an end nor a size. This stands by in
// the same thread and ends the replies itself.
class Guard : public QObject {
public:
    explicit Guard(FarQuestion::Over over) : over_(std::move(over)) {
        onThisThread = this;
        connect(&clock_, &QTimer::timeout, this, [this] {
            if (!*over_)
                return;
            for (const auto& reply : replies_)
                if (reply)
                    reply->abort();
        });
        clock_.start(howOftenLooked);
    }
    ~Guard() override { onThisThread = nullptr; }
    // Not ended here, though it may be over: whoever has asked for it does not listen yet.
    void watch(QNetworkReply* reply) {
        replies_.emplace_back(reply);
        connect(reply, &QIODevice::readyRead, this, [reply] {
            if (reply->bytesAvailable() > mostBytes) // of what has been unpacked
                reply->abort();
        });
    }
    static thread_local Guard* onThisThread;

private:
    FarQuestion::Over over_;
    QTimer clock_;
    std::vector<QPointer<QNetworkReply>> replies_;
};

thread_local Guard* Guard::onThisThread = nullptr;

void addValues(const FarQuestion& question, const QMap<int, QVariant>& values, wire::Identified& into) {
    wire::Found found{question.layer, {}, {}};
    for (auto value = values.begin(); value != values.end(); ++value) {
        const auto band = static_cast<std::size_t>(value.key() - 1); // from 1
        if (value->isValid() && band < question.bands.size() && found.attributes.size() < wire::mostAttributes)
            found.attributes.emplace_back(question.bands[band], shortened(value->toString()));
    }
    if (!found.attributes.empty())
        into.found.push_back(std::move(found));
}

wire::Identified answerTo(const FarQuestion& question) {
    wire::Identified out;
    if (*question.over)
        return out;
    const Guard guard(question.over);
    const auto result =
        question.data->identify(question.place, question.format, question.box, question.side, question.side);
    if (!result.isValid() || *question.over)
        return out;
    const auto said = result.results();
    if (question.format == QgsRaster::IdentifyFormatValue) {
        addValues(question, said, out);
        return out;
    }
    for (const QVariant& part : said) { // of each of its sublayers; `false` where one can't be asked
        if (part.canConvert<QgsFeatureStoreList>())
            addFeatures(question.layer, part.value<QgsFeatureStoreList>(), out);
        else if (part.type() == QVariant::String && question.format == QgsRaster::IdentifyFormatHtml)
            addHtml(question.layer, part.toString(), out);
        else if (part.type() == QVariant::String && question.format == QgsRaster::IdentifyFormatText)
            addText(question.layer, part.toString(), out); // among features a text is QGIS's word for what went wrong
    }
    return out;
}

// Never destroyed: at its end the process waits for nobody.
QThreadPool& threads() {
    static auto* pool = [] {
        auto* made = new QThreadPool;
        made->setMaxThreadCount(mostAtOnce);
        QgsNetworkAccessManager::setReplyPreprocessor([](const QNetworkRequest&, QNetworkReply* reply) {
            if (Guard::onThisThread)
                Guard::onThisThread->watch(reply);
        });
        return made;
    }();
    return *pool;
}

class Asking : public QRunnable {
public:
    Asking(FarQuestion question, std::function<void(wire::Identified)> then)
        : question_(std::move(question)), then_(std::move(then)) {}
    void run() override {
        question_.data->moveToThread(QThread::currentThread());
        auto answer = answerTo(question_);
        question_.data.reset();
        QMetaObject::invokeMethod(
            qApp, [then = std::move(then_), answer = std::move(answer)] { then(answer); }, Qt::QueuedConnection);
    }

private:
    FarQuestion question_;
    std::function<void(wire::Identified)> then_;
};

} // namespace

QgsRaster::IdentifyFormat bestFormat(const QgsRasterLayer& layer) {
    const auto* data = layer.dataProvider();
    const int can = data ? data->capabilities() : 0;
    if (can & QgsRasterInterface::IdentifyValue)
        return QgsRaster::IdentifyFormatValue;
    for (const auto format :
         {QgsRaster::IdentifyFormatFeature, QgsRaster::IdentifyFormatText, QgsRaster::IdentifyFormatHtml})
        if (can & QgsRasterDataProvider::identifyFormatToCapability(format))
            return format;
    return QgsRaster::IdentifyFormatUndefined;
}

FarQuestion farQuestion(QgsRasterLayer& layer, const QgsPointXY& place, const QgsRectangle& reach,
                        FarQuestion::Over over) {
    FarQuestion question;
    question.data.reset(layer.dataProvider()->clone());
    question.data->moveToThread(nullptr); // so that another may take it
    question.format = bestFormat(layer);
    question.layer = layer.name().toStdString();
    if (question.format == QgsRaster::IdentifyFormatValue)
        for (int band = 1; band <= layer.bandCount(); ++band)
            question.bands.push_back(layer.bandName(band).toStdString());
    question.place = place;
    // Square pixels, though a degree east be shorter than one north: some servers reckon with one size only.
    const double half = std::max(reach.width(), reach.height()) / 2 / pixelsOfReach * sideOfBox / 2;
    question.box = QgsRectangle(place.x() - half, place.y() - half, place.x() + half, place.y() + half);
    question.side = sideOfBox;
    question.over = std::move(over);
    return question;
}

void askFar(FarQuestion question, std::function<void(wire::Identified)> then) {
    threads().start(new Asking(std::move(question), std::move(then)));
}

} // namespace vedette::cartographer
