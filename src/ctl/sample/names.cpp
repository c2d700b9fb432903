// SPDX-License-Identifier: GPL-3.0-or-later
#include "names.h"

namespace vedette::ctl {

namespace {

using Words = std::vector<std::string>;

// What streets are called in any Chinese city.
const Words& famous() {
    static const Words words{"人民", "解放", "建设", "和平", "新华", "中山", "胜利", "青年", "工农", "文化",
                             "健康", "友谊", "育才", "光明", "团结", "前进", "东风", "红旗", "朝阳", "长江",
                             "黄海", "钟楼", "环城", "世纪", "迎宾", "体育", "科技", "创业", "港城", "渔港"};
    return words;
}
const Words& first() {
    static const Words words{"春", "秋", "东", "西", "南", "北", "海", "江", "湖", "云", "星", "月",
                             "金", "银", "玉", "锦", "翠", "青", "兰", "桃", "梅", "松", "竹", "柳",
                             "桂", "荷", "枫", "龙", "凤", "鹤", "永", "长", "安", "平", "福", "康",
                             "兴", "盛", "泰", "宁", "文", "德", "仁", "礼", "学", "景", "清", "新",
                             "华", "振", "通", "港", "石", "白", "紫", "丹", "望", "怀", "临", "向"};
    return words;
}
const Words& second() {
    static const Words words{"园", "山", "河", "溪", "桥", "港", "湾", "洲", "塘", "泽", "林", "苑",
                             "阳", "霞", "光", "风", "波", "潮", "涛", "源", "泉", "庄", "里", "坊",
                             "城", "门", "台", "阁", "亭", "堤", "渡", "浦", "沙", "圩", "埠", "岭",
                             "和", "乐", "宁", "丰", "明", "昌", "兴", "荣", "秀", "华", "善", "信"};
    return words;
}
const Words& families() {
    static const Words words{"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡",
                             "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐",
                             "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭",
                             "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛", "叶", "阎", "余", "潘",
                             "杜", "戴", "夏", "钟", "汪", "田", "任", "姜", "范", "方", "石", "姚", "谭",
                             "廖", "邹", "熊", "金", "陆", "郝", "孔", "白", "崔", "康", "毛", "邱", "秦",
                             "江", "史", "顾", "侯", "邵", "孟", "龙", "万", "段", "钱", "汤", "尹", "黎"};
    return words;
}
const Words& given() {
    static const Words words{"伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰",
                             "娟", "涛", "明", "超", "兰", "霞", "平", "刚", "桂", "建", "国", "志", "文",
                             "晓", "海", "春", "秋", "玉", "红", "宇", "浩", "然", "佳", "怡", "欣", "梅",
                             "波", "斌", "峰", "飞", "鹏", "华", "林", "云", "宁", "东", "健", "俊", "雪",
                             "慧", "颖", "琳", "萍", "晨", "阳", "凯", "亮", "荣", "德", "永", "庆", "学"};
    return words;
}

struct Trade {
    std::string name, category;
};
const std::vector<Trade>& trades() {
    static const std::vector<Trade> all{
        {"超市", "shop"},       {"便利店", "shop"},       {"药房", "pharmacy"},   {"饭店", "restaurant"},
        {"面馆", "restaurant"}, {"火锅城", "restaurant"}, {"宾馆", "hotel"},      {"网吧", "internetCafe"},
        {"幼儿园", "school"},   {"诊所", "clinic"},       {"农贸市场", "market"}, {"加油站", "fuel"},
        {"停车场", "parking"},  {"银行网点", "bank"},     {"菜鸟驿站", "post"},   {"理发店", "shop"},
        {"五金店", "shop"},     {"修车行", "repair"},     {"歌厅", "karaoke"},    {"浴室", "bath"}};
    return all;
}

} // namespace

std::string Names::once(const std::function<std::string()>& make, const std::string& suffix) {
    std::string name;
    for (int tries = 0; tries < 60; ++tries) {
        name = make() + suffix;
        if (used_.insert(name).second)
            return name;
    }
    for (int number = 2;; ++number)
        if (used_.insert(name + std::to_string(number)).second)
            return name + std::to_string(number);
}

std::string Names::pair() {
    const std::string a = chance_.of(first());
    return a + chance_.of(second());
}

std::string Names::road(RoadClass roadClass) {
    const double pick = chance_.unit();
    switch (roadClass) {
    case RoadClass::motorway:
        return once([] { return std::string("滨海绕城"); }, "高速");
    case RoadClass::primary:
        return once([&] { return chance_.one(0.85) ? chance_.of(famous()) : pair(); },
                    pick < 0.3 ? "大道" : "路");
    case RoadClass::secondary:
        return once([&] { return chance_.one(0.5) ? chance_.of(famous()) : pair(); },
                    pick < 0.12 ? "大街" : "路");
    case RoadClass::tertiary:
        return once([&] { return pair(); }, pick < 0.3 ? "街" : "路");
    case RoadClass::residential:
        break;
    }
    return once([&] { return pair(); }, pick < 0.35 ? "巷" : pick < 0.6 ? "街" : pick < 0.75 ? "弄" : "支路");
}

std::string Names::township(bool urban) {
    static const Words towns{"城东", "城南", "城西", "城北", "新港", "中山", "钟楼", "港闸", "观海", "临江"};
    return once([&] { return urban && chance_.one(0.8) ? chance_.of(towns) : pair(); },
                urban ? "街道" : "镇");
}

std::string Names::community(bool) {
    return once([&] { return pair(); }, "");
}

std::string Names::exclusive(ExclusiveKind kind, const std::string& near) {
    const double pick = chance_.unit();
    const auto named = [&](const std::string& suffix) {
        return once([&] { return chance_.one(0.4) ? near : pair(); }, suffix);
    };
    switch (kind) {
    case ExclusiveKind::park:
        return named(pick < 0.7 ? "公园" : "湿地公园");
    case ExclusiveKind::school:
        return named(pick < 0.5 ? "小学" : pick < 0.85 ? "中学" : "实验学校");
    case ExclusiveKind::mall:
        return named(pick < 0.5 ? "广场" : "购物中心");
    case ExclusiveKind::hospital:
        return named(pick < 0.6 ? "医院" : "中医院");
    case ExclusiveKind::industry:
        return named(pick < 0.6 ? "工业园" : "产业园");
    case ExclusiveKind::market:
        return named(pick < 0.5 ? "农贸市场" : "批发市场");
    case ExclusiveKind::college:
        return named(pick < 0.5 ? "职业学院" : "大学");
    case ExclusiveKind::transport:
        break;
    }
    return named(pick < 0.6 ? "客运站" : "码头");
}

std::string Names::person() {
    std::string name = chance_.of(families()) + chance_.of(given());
    return chance_.one(0.62) ? name + chance_.of(given()) : name;
}

std::string Names::shop(std::string* category) {
    const Trade& trade = chance_.of(trades());
    *category = trade.category;
    return pair() + trade.name;
}

} // namespace vedette::ctl
