// SPDX-License-Identifier: GPL-3.0-or-later
#include "duty_catalogue.h"

#include <array>
#include <charconv>

namespace vedette::ctl {

namespace {

// class|中文|English|lead|joint|priority|accept/arrive/finish minutes|its duties, each 中文 English
constexpr std::string_view catalogue =
    R"~(01|刑事警情|Crime|officer|auxiliary|1|2/8/120|入室盗窃 Burglary;抢劫抢夺 Robbery;电信诈骗 Telecom fraud;盗窃电动车 E-bike theft
02|交通事故|Traffic accident|officer|auxiliary rescueTeam|2|2/10/60|车辆碰撞 Collision;人员受伤事故 Accident with injuries;肇事逃逸 Hit and run;事故占道 Accident blocks the road
03|治安警情|Public disorder|officer|auxiliary gridWorker|2|2/8/90|寻衅滋事 Provocation;打架斗殴 Fight;酒后闹事 Drunken disorder;损毁财物 Damage to property
04|噪音扰民|Noise|gridWorker|auxiliary|4|5/20/120|广场舞噪音 Square dancing noise;施工噪音 Building noise;娱乐场所噪音 Venue noise;邻里噪音 Noise next door
05|邻里纠纷|Neighbour dispute|gridWorker|mediator|3|5/20/240|邻里口角 Quarrel next door;漏水纠纷 Leak between flats;占用楼道 Stairwell blocked;宠物纠纷 Dispute over a pet
06|家庭纠纷|Family dispute|officer|mediator gridWorker|2|3/10/180|家庭暴力 Violence at home;夫妻争吵 Quarrel of a couple;赡养纠纷 Dispute over support
07|走失寻人|Missing person|officer|gridWorker auxiliary|1|2/10/240|儿童走失 Lost child;老人走失 Lost elderly person;失联寻人 Person out of reach
08|群众求助|Call for help|auxiliary|gridWorker|3|3/15/90|被困求助 Person trapped;开锁求助 Locked out;物品遗失 Lost property;醉酒救助 Drunk person in need
09|火灾|Fire|rescueTeam|officer gridWorker|1|1/8/240|居民楼火灾 Fire in a dwelling;车辆火灾 Vehicle on fire;垃圾起火 Rubbish on fire;冒烟异味 Smoke reported
10|燃气安全|Gas|rescueTeam|gridWorker departmentDesk|1|1/8/180|燃气异味 Gas smell;燃气泄漏 Gas leak;违规用气 Unsafe use of gas
11|消防隐患|Fire hazard|gridWorker|departmentDesk|3|10/60/1440|堵塞消防通道 Fire lane blocked;飞线充电 Unsafe charging;消防设施损坏 Fire equipment broken;违规储存 Unsafe storage
12|医疗急救|Medical|rescueTeam|gridWorker|1|1/8/90|突发疾病 Sudden illness;意外受伤 Injury;路人晕倒 Passer-by collapsed
13|水上安全|Water safety|rescueTeam|officer|1|1/10/180|人员落水 Person in the water;渔船遇险 Fishing boat in distress;野泳劝离 Swimming in forbidden water
14|防汛防台|Flood and typhoon|gridWorker|rescueTeam departmentDesk|2|3/20/480|道路积水 Road under water;堤岸险情 Dyke in danger;树木倒伏 Fallen tree;低洼内涝 Low ground flooded
15|道路设施|Road facilities|departmentDesk|gridWorker|3|10/60/1440|路面塌陷 Road collapsed;井盖缺失 Manhole cover missing;护栏损坏 Guard rail broken
16|交通秩序|Traffic order|auxiliary|officer|3|3/15/60|违法停车 Illegal parking;车辆逆行 Wrong-way driving;飙车炸街 Street racing;信号灯故障 Traffic light failure
17|公共照明|Street lighting|departmentDesk|gridWorker|4|15/120/1440|路灯不亮 Street light out;线路裸露 Bare cable;灯杆倾斜 Leaning lamp post
18|供水供电|Water and power|departmentDesk|gridWorker|2|5/45/480|停水 No water;停电 Power cut;水管爆裂 Burst main
19|市容秩序|Street order|gridWorker|guard|4|10/40/240|占道经营 Trading on the pavement;乱堆物料 Goods piled in the street;乱贴广告 Fly-posting;流动摊贩 Street vendors
20|环境卫生|Sanitation|gridWorker|departmentDesk|4|15/60/480|垃圾堆积 Rubbish piled up;公厕脏乱 Dirty public toilet;渣土撒漏 Spilled earth;积存污水 Standing sewage
21|违法建设|Illegal building|departmentDesk|gridWorker|4|30/240/4320|违章搭建 Unapproved building;擅自拆改 Unapproved rebuilding;围挡破损 Broken hoarding
22|园林绿化|Greenery|departmentDesk|gridWorker|4|30/240/2880|绿化损毁 Greenery damaged;病虫危害 Pest in trees;枯枝坠落 Falling branches
23|河道水体|Waterways|gridWorker|departmentDesk|3|15/60/1440|河道漂浮物 Floating waste;水体异色 Discoloured water;私排污水 Illegal discharge;河岸破损 Bank damaged
24|大气环境|Air|gridWorker|departmentDesk|3|10/40/240|露天焚烧 Open burning;工地扬尘 Dust from a site;餐饮油烟 Kitchen fumes
25|食品安全|Food safety|departmentDesk|gridWorker|2|5/40/480|疑似食物中毒 Suspected food poisoning;无证餐饮 Unlicensed food;过期食品 Expired food
26|市场秩序|Trade|departmentDesk|mediator|4|15/90/1440|消费纠纷 Consumer dispute;价格欺诈 Price fraud;假冒商品 Counterfeit goods
27|劳动纠纷|Labour dispute|mediator|departmentDesk gridWorker|3|10/60/1440|拖欠工资 Unpaid wages;工伤争议 Dispute over a work injury;劳务口角 Quarrel at work
28|物业纠纷|Property service|gridWorker|mediator|3|10/40/720|电梯困人 People stuck in a lift;物业服务 Poor service;停车收费 Parking fees
29|特种设备|Special equipment|departmentDesk|rescueTeam|2|5/30/480|电梯故障 Lift out of order;锅炉异常 Boiler fault;游乐设施故障 Ride out of order
30|施工安全|Building sites|departmentDesk|gridWorker rescueTeam|2|5/30/720|工地事故 Accident on a site;高空坠物 Falling objects;夜间施工 Work at night;基坑险情 Excavation in danger
31|危险物品|Dangerous goods|rescueTeam|officer departmentDesk|1|1/10/360|危化品泄漏 Chemical spill;烟花爆竹 Fireworks;不明物品 Unknown object
32|校园安全|School safety|officer|guard gridWorker|2|2/8/90|校门秩序 Crowd at a school gate;学生冲突 Pupils fighting;校外滋扰 Disturbance at a school;校园设施损坏 School facility broken
33|医院秩序|Hospital order|officer|guard mediator|2|2/8/120|医患纠纷 Dispute in a hospital;倒卖号源 Ticket touts;急诊秩序 Disorder in casualty
34|商圈秩序|Shopping areas|guard|officer|3|3/10/60|人群拥挤 Crowding;商户纠纷 Dispute with a shop;促销聚集 Crowd at a sale
35|公园景区|Parks and sights|guard|gridWorker|3|5/15/90|游客受伤 Visitor hurt;景区设施损坏 Facility broken;游客走失 Visitor lost
36|客运枢纽|Stations and ports|auxiliary|guard|3|3/10/90|旅客滞留 Stranded travellers;非法揽客 Illegal cabs;行李遗失 Lost luggage
37|大型活动|Large events|officer|auxiliary guard|2|2/8/120|活动秩序 Disorder at an event;人员聚集 Crowd gathers;临建安全 Unsafe stage
38|出租房屋|Rented housing|gridWorker|officer|4|30/240/2880|违规群租 Overcrowded flat;租赁纠纷 Rent dispute;房屋隐患 Unsafe room
39|流浪救助|Shelter|gridWorker|departmentDesk|3|10/40/240|露宿救助 Person without shelter;救助转送 Transfer to shelter;寒夜巡查 Cold night round
40|动物管理|Animals|auxiliary|gridWorker|3|5/20/120|犬只伤人 Dog bite;遛狗不牵绳 Dog off the lead;蜂蛇入户 Wasps or snake indoors
41|危机干预|Crisis|officer|mediator rescueTeam|1|1/8/180|轻生警情 Suicide threat;情绪失控 Person in distress;独居失联 Lone resident silent;高处滞留 Person on a ledge
42|公共设施|Public facilities|departmentDesk|gridWorker|4|30/240/2880|健身器材损坏 Fitness gear broken;公交站亭损坏 Bus shelter broken;充电桩故障 Charging post fault
43|通信设施|Telecoms|departmentDesk|gridWorker|4|30/180/2880|线缆下垂 Hanging cable;通信井盖破损 Telecom cover broken;基站受损 Mast damaged
44|农业农村|Farms and villages|gridWorker|mediator departmentDesk|3|10/60/720|秸秆焚烧 Straw burning;农机事故 Farm machine accident;土地纠纷 Land dispute;牲畜走失 Stray livestock
45|渔港滩涂|Harbour and flats|rescueTeam|officer|1|1/12/240|赶海被困 Cut off by the tide;船舶碰撞 Vessels collided;渔港纠纷 Dispute in the harbour
46|感应报警|Sensors|gridWorker|rescueTeam|2|2/10/60|烟感报警 Smoke sensor;水位超限 Water level high;门磁报警 Door alarm
47|便民服务|Public service|gridWorker|departmentDesk|4|60/480/2880|政策咨询 Question on rules;证件代办 Papers by proxy;上门服务 Home visit;信息采集 Grid data visit
)~";

std::vector<std::string_view> split(std::string_view text, char by) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(by, at), text.size());
        out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

int number(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

} // namespace

std::vector<CatalogueDuty> dutyCatalogue() {
    std::vector<CatalogueDuty> out;
    for (const std::string_view line : split(catalogue, '\n')) {
        const auto part = split(line, '|');
        if (part.size() != 8)
            continue;
        const auto minutes = split(part[6], '/');
        int serial = 0;
        for (const std::string_view duty : split(part[7], ';')) {
            CatalogueDuty row;
            row.dutyClass = part[0];
            row.className = std::string(part[1]) + " " + std::string(part[2]);
            row.facts.category = std::string(part[0]) + "." + std::to_string(++serial);
            row.facts.name = duty;
            row.facts.lead = *dispatch::role(part[3]);
            for (const std::string_view joint : split(part[4], ' '))
                row.facts.joint.push_back(*dispatch::role(joint));
            row.facts.priority = number(part[5]);
            row.facts.accept = std::chrono::minutes(number(minutes[0]));
            row.facts.arrive = std::chrono::minutes(number(minutes[1]));
            row.facts.finish = std::chrono::minutes(number(minutes[2]));
            row.facts.review =
                row.facts.priority <= 2 ? std::chrono::minutes(120) : std::chrono::minutes(480);
            if (row.facts.priority == 1) { // emergencies: by how far out it is
                using std::chrono::minutes;
                row.facts.arrive = minutes(5);
                row.facts.byClass = {{layers::AreaClass::suburb, {}, minutes(10), {}, {}, {}},
                                     {layers::AreaClass::rural, {}, minutes(20), {}, {}, {}}};
            }
            // What a hazard, a fire and a missing person leave behind is asked back.
            if (part[0] == "11")
                row.facts.feedback = {"result", "photo_taken"};
            else if (part[0] == "09" || part[0] == "14")
                row.facts.feedback = {"result", "persons_moved"};
            row.facts.reviewBySecond = part[0] == "11";
            row.facts.escalation = row.facts.priority <= 2 ? std::vector<std::string>{"county", "city"}
                                                           : std::vector<std::string>{"township", "county"};
            out.push_back(std::move(row));
        }
    }
    return out;
}

} // namespace vedette::ctl
