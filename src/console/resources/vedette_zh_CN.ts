<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>Alarm</name>
    <message>
        <source>the alarm is silent till %1</source>
        <translation>提示音静音至 %1</translation>
    </message>
    <message>
        <source>the alarm sounds again</source>
        <translation>提示音已恢复</translation>
    </message>
</context>
<context>
    <name>AnalysisPanel</name>
    <message>
        <source>Analysis</source>
        <translation>分析研判</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Export this surface</source>
        <translation>导出此热力面</translation>
    </message>
    <message>
        <source>Export the figures</source>
        <translation>导出分区数据</translation>
    </message>
    <message>
        <source>Tilted picture (Ctrl+3)</source>
        <translation>立体风险图 (Ctrl+3)</translation>
    </message>
    <message>
        <source>Incidents an hour by hour of the week: a click or a drag chooses what counts</source>
        <translation>各时段平均每小时起数：点击或拖动选择计入的时段</translation>
    </message>
    <message>
        <source>Whole week</source>
        <translation>整周</translation>
    </message>
    <message>
        <source>Export the hours</source>
        <translation>导出时段</translation>
    </message>
    <message>
        <source>Figures per area</source>
        <translation>分区数据</translation>
    </message>
    <message>
        <source>Is the surface worth anything?</source>
        <translation>热力面是否有效？</translation>
    </message>
    <message>
        <source>Nothing of the history fits</source>
        <translation>没有符合条件的历史警情</translation>
    </message>
    <message>
        <source>%1 incidents in %2 days · highest %3 events/km²/day</source>
        <translation>%2 天内 %1 起 · 最高 %3 起/平方公里/天</translation>
    </message>
    <message>
        <source>the surface is written to %1</source>
        <translation>热力面已写入 %1</translation>
    </message>
    <message>
        <source>the hours are written to %1</source>
        <translation>时段已写入 %1</translation>
    </message>
    <message>
        <source>%1 can't be written</source>
        <translation>无法写入 %1</translation>
    </message>
</context>
<context>
    <name>BackTestView</name>
    <message>
        <source>share of the ground (upright: of the incidents)</source>
        <translation>面积占比（纵轴：警情占比）</translation>
    </message>
    <message>
        <source>this surface</source>
        <translation>当前热力面</translation>
    </message>
    <message>
        <source>the plain one</source>
        <translation>普通热力面</translation>
    </message>
    <message>
        <source>the best possible</source>
        <translation>理论最佳</translation>
    </message>
    <message>
        <source>chance</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Test on</source>
        <translation>检验期</translation>
    </message>
    <message>
        <source>tested on the last %1 days</source>
        <translation>用最后 %1 天检验</translation>
    </message>
    <message>
        <source>share of the ground</source>
        <translation>面积占比</translation>
    </message>
    <message>
        <source>Share of the ground</source>
        <translation>面积占比</translation>
    </message>
    <message>
        <source>being tested …</source>
        <translation>正在检验…</translation>
    </message>
    <message>
        <source>Nothing to test: the period must hold incidents both before and in the days that are tested on. Choose a longer period, fewer days or wider filters.</source>
        <translation>无法检验：检验期之前与检验期内都须有警情。请选择更长的时段、更少的检验天数或更宽的筛选条件。</translation>
    </message>
    <message>
        <source>Made of %1 incidents, tested on %2 later ones.</source>
        <translation>由 %1 起警情生成，用其后 %2 起检验。</translation>
    </message>
    <message>
        <source>%1 % of the ground held %2 % of them.</source>
        <translation>%1 % 的面积命中其中 %2 %。</translation>
    </message>
    <message>
        <source>PAI %1: they lay there %1 times as dense as everywhere.</source>
        <translation>PAI %1：该处密度为平均的 %1 倍。</translation>
    </message>
    <message>
        <source>PEI %1: %2 % of what the best choice of as much ground could have held.</source>
        <translation>PEI %1：达到同等面积最佳选择的 %2 %。</translation>
    </message>
    <message>
        <source>The plain surface has PAI %1.</source>
        <translation>普通热力面的 PAI 为 %1。</translation>
    </message>
    <message>
        <source>It tells no more than chance.</source>
        <translation>与随机无异。</translation>
    </message>
    <message>
        <source>The filters make it better than the plain one.</source>
        <translation>所选条件优于普通热力面。</translation>
    </message>
    <message>
        <source>The plain one would have told more.</source>
        <translation>普通热力面反而更准。</translation>
    </message>
    <message>
        <source>The filters hardly change what it tells.</source>
        <translation>所选条件几乎没有影响。</translation>
    </message>
    <message>
        <source>So few incidents say little: test on more days.</source>
        <translation>警情太少，结论不可靠：请用更多天检验。</translation>
    </message>
</context>
<context>
    <name>BasemapWords</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Asking the basemap</source>
        <translation>正在查询底图</translation>
    </message>
    <message>
        <source>There is no basemap to ask.</source>
        <translation>没有可查询的底图。</translation>
    </message>
    <message>
        <source>The basemap has nothing here.</source>
        <translation>底图在此处没有要素。</translation>
    </message>
    <message>
        <source>The basemap's servers have not all answered; there may be something here.</source>
        <translation>底图服务器未全部应答，此处可能有要素。</translation>
    </message>
    <message>
        <source>There may be more here than is listed.</source>
        <translation>此处可能还有未列出的要素。</translation>
    </message>
</context>
<context>
    <name>CallForm</name>
    <message>
        <source>It is %1: add to its call log (Enter)</source>
        <translation>就是 %1：记入其通话记录 (Enter)</translation>
    </message>
    <message>
        <source>no such place; a click on the map names one too</source>
        <translation>没有这个地点；也可以在地图上点选</translation>
    </message>
    <message>
        <source>no place yet</source>
        <translation>尚未定位</translation>
    </message>
    <message>
        <source>outside every area of this city</source>
        <translation>不在本市任何区域内</translation>
    </message>
    <message>
        <source>duty %1 · %2 leads · accept %3, arrive %4, finish %5 min</source>
        <translation>职责 %1 · %2主办 · 签收 %3、到场 %4、办结 %5 分钟</translation>
    </message>
    <message>
        <source>%1 %2 · %3 away · %4 ago</source>
        <translation>%1 %2 · 相距 %3 · %4前</translation>
    </message>
    <message>
        <source>Open, kept apart (Ctrl+Enter)</source>
        <translation>判为不重复并建单 (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Open the ticket (Ctrl+Enter)</source>
        <translation>建单 (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Where is it? Choose a place, or click on the map.</source>
        <translation>在哪里？请选择地点，或在地图上点选。</translation>
    </message>
    <message>
        <source>What is it? Choose a category.</source>
        <translation>什么事？请选择类别。</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>已建单</translation>
    </message>
    <message>
        <source>another call about the same, %1</source>
        <translation>同一事件再次来电，%1</translation>
    </message>
    <message>
        <source>added to %1</source>
        <translation>已记入 %1</translation>
    </message>
    <message>
        <source>Take a call</source>
        <translation>接警</translation>
    </message>
    <message>
        <source>name, pinyin, crossing, code or lon,lat</source>
        <translation>地名、拼音、路口、代码或 经度,纬度</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Places found</source>
        <translation>找到的地点</translation>
    </message>
    <message>
        <source>code or a part of the name</source>
        <translation>代码或名称的一部分</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事由</translation>
    </message>
    <message>
        <source>what is said; Enter opens the ticket</source>
        <translation>来电内容，回车建单</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>priority %1</source>
        <translation>优先级 %1</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>caller (private)</source>
        <translation>报警人（保密）</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>报警人</translation>
    </message>
    <message>
        <source>MAY BE THE SAME</source>
        <translation>可能重复</translation>
    </message>
    <message>
        <source>Tickets that may be the same</source>
        <translation>可能重复的工单</translation>
    </message>
    <message>
        <source>It is the same: choose one above</source>
        <translation>如为同一起，请先在上面选中</translation>
    </message>
</context>
<context>
    <name>CandidateModel</name>
    <message>
        <source>by road</source>
        <translation>沿路</translation>
    </message>
    <message>
        <source>straight</source>
        <translation>直线</translation>
    </message>
    <message>
        <source>joins</source>
        <translation>协办</translation>
    </message>
    <message>
        <source>would take %1</source>
        <translation>需 %1</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Arrows move, plus and minus zoom, Shift with the arrows turns, N: north up, Home shows everything, Backspace returns to the previous view</source>
        <translation>方向键移动，加减键缩放，Shift 加左右方向键旋转，N：正北朝上，Home 显示全市，Backspace 回到上一视图</translation>
    </message>
    <message>
        <source>view held by you - Home to follow again</source>
        <translation>视图由您锁定 - 按 Home 恢复跟随</translation>
    </message>
    <message>
        <source>Turned by %1°; a click or N: north up</source>
        <translation>已旋转 %1°；点击或按 N：正北朝上</translation>
    </message>
</context>
<context>
    <name>CommandBar</name>
    <message>
        <source>%1 joins %2</source>
        <translation>%1 协办 %2</translation>
    </message>
    <message>
        <source>next ticket</source>
        <translation>下一工单</translation>
    </message>
    <message>
        <source>best unit</source>
        <translation>最佳力量</translation>
    </message>
    <message>
        <source>send</source>
        <translation>派出</translation>
    </message>
    <message>
        <source>take a call</source>
        <translation>接警</translation>
    </message>
    <message>
        <source>previous view</source>
        <translation>上一视图</translation>
    </message>
    <message>
        <source>undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>all keys</source>
        <translation>全部按键</translation>
    </message>
</context>
<context>
    <name>CommandEdit</name>
    <message>
        <source>a T1042 U0322    n 03.2 @place text    go T1042    help</source>
        <translation>a T1042 U0322    n 03.2 @地点 内容    go T1042    help</translation>
    </message>
    <message>
        <source>Command bar</source>
        <translation>命令栏</translation>
    </message>
</context>
<context>
    <name>CoordinateWords</name>
    <message>
        <source>in no area</source>
        <translation>不在任何区域内</translation>
    </message>
    <message>
        <source>degrees, minutes and seconds</source>
        <translation>度分秒</translation>
    </message>
    <message>
        <source>metres of the workspace</source>
        <translation>工作区坐标（米）</translation>
    </message>
    <message>
        <source>area code</source>
        <translation>区域编码</translation>
    </message>
    <message>
        <source>degrees</source>
        <translation>十进制度</translation>
    </message>
</context>
<context>
    <name>CrowdList</name>
    <message>
        <source>and %1 more: zoom in</source>
        <translation>另有 %1 个：请放大</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>%1 sent to %2</source>
        <translation>%1 已派往 %2</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>undone: %1</source>
        <translation>已撤销：%1</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Float32, events/km²/day, in %1</source>
        <translation>Float32，起/平方公里/天，坐标系 %1</translation>
    </message>
    <message>
        <source>fields that bear another name in this format: %1 of %2</source>
        <translation>该格式中改名的字段：%1 / %2</translation>
    </message>
    <message>
        <source>every field keeps its name</source>
        <translation>所有字段名保持不变</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Where to? Name a file.</source>
        <translation>导出到哪里？请填写文件名。</translation>
    </message>
    <message>
        <source>gathering the rows</source>
        <translation>正在汇集数据</translation>
    </message>
    <message>
        <source>written to %1</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>rows written and read back: %1, values changed: %2 · %3</source>
        <translation>已写出并读回 %1 行，变动 %2 处 · %3</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Incidents, with grid and beat</source>
        <translation>事件（含网格与警格）</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>力量</translation>
    </message>
    <message>
        <source>Grids</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Exclusive grids</source>
        <translation>专属网格</translation>
    </message>
    <message>
        <source>Beats</source>
        <translation>警格</translation>
    </message>
    <message>
        <source>Stations</source>
        <translation>派出所</translation>
    </message>
    <message>
        <source>Bureaus</source>
        <translation>分局</translation>
    </message>
    <message>
        <source>Communities</source>
        <translation>社区</translation>
    </message>
    <message>
        <source>Townships</source>
        <translation>街镇</translation>
    </message>
    <message>
        <source>Counties</source>
        <translation>区县</translation>
    </message>
    <message>
        <source>Incidents per grid</source>
        <translation>各网格事件数</translation>
    </message>
    <message>
        <source>Incidents per beat</source>
        <translation>各警格事件数</translation>
    </message>
    <message>
        <source>Risk heat, as shown</source>
        <translation>风险热力（当前显示）</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>坐标系</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>category = 03.2 and severity &lt;= 2</source>
        <translation>category = 03.2 and severity &lt;= 2</translation>
    </message>
    <message>
        <source>Only where</source>
        <translation>筛选条件</translation>
    </message>
    <message>
        <source>only what lies in the map&apos;s view</source>
        <translation>仅当前视图内</translation>
    </message>
    <message>
        <source>only what is selected</source>
        <translation>仅选中的</translation>
    </message>
    <message>
        <source>from</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起</translation>
    </message>
    <message>
        <source>To</source>
        <translation>止</translation>
    </message>
    <message>
        <source>till</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>FIELDS AS THEY WILL BE NAMED</source>
        <translation>字段在文件中的名称</translation>
    </message>
    <message>
        <source>WHAT CAME OUT CHANGED</source>
        <translation>写出后有变化的值</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>文件中</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>原值</translation>
    </message>
    <message>
        <source>After</source>
        <translation>写出值</translation>
    </message>
    <message>
        <source>&amp;Write</source>
        <translation>写出(&amp;W)</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
    <message>
        <source>Nothing was changed on the way out.</source>
        <translation>导出未改动任何内容。</translation>
    </message>
    <message>
        <source>Not written yet: what the file can&apos;t hold as it is will be listed here.</source>
        <translation>尚未写出：文件无法原样保存的内容会列在这里。</translation>
    </message>
    <message>
        <source>writing, %1 %</source>
        <translation>正在写出，%1 %</translation>
    </message>
</context>
<context>
    <name>FiguresModel</name>
    <message>
        <source>▲ hot</source>
        <translation>▲ 热点</translation>
    </message>
    <message>
        <source>▼ cold</source>
        <translation>▼ 冷点</translation>
    </message>
    <message>
        <source>area</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>/km²/day</source>
        <translation>/km²/天</translation>
    </message>
    <message>
        <source>shrunken</source>
        <translation>收缩率</translation>
    </message>
    <message>
        <source>Gi* z</source>
        <translation>Gi* z</translation>
    </message>
    <message>
        <source>q</source>
        <translation>q</translation>
    </message>
    <message>
        <source>spot</source>
        <translation>冷热点</translation>
    </message>
    <message>
        <source>before</source>
        <translation>前期</translation>
    </message>
    <message>
        <source>change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>p</source>
        <translation>p</translation>
    </message>
    <message>
        <source>incidents of the period and the filters</source>
        <translation>时段与筛选条件内的警情</translation>
    </message>
    <message>
        <source>events/km²/day as counted</source>
        <translation>起/平方公里/天（实计）</translation>
    </message>
    <message>
        <source>events/km²/day drawn towards the mean where an area says little (Marshall 1991)</source>
        <translation>起/平方公里/天，小区域向均值收缩（Marshall 1991）</translation>
    </message>
    <message>
        <source>Getis-Ord Gi*: standard deviations above chance, with the neighbours</source>
        <translation>Getis-Ord Gi*：连同邻区高出随机的标准差数</translation>
    </message>
    <message>
        <source>share of false ones among those at least as striking (Benjamini-Hochberg)</source>
        <translation>至少同样显著者中的误报比例（Benjamini-Hochberg）</translation>
    </message>
    <message>
        <source>what of it may be believed: one in twenty may be false</source>
        <translation>可信的冷热点：至多二十分之一为误报</translation>
    </message>
    <message>
        <source>incidents of the period compared with</source>
        <translation>对比时段的警情</translation>
    </message>
    <message>
        <source>rate now over rate before</source>
        <translation>当前率与前期率之比</translation>
    </message>
    <message>
        <source>chance of such a change when nothing changed (exact, two-sided)</source>
        <translation>若无变化，出现如此差异的概率（精确双侧）</translation>
    </message>
</context>
<context>
    <name>FiguresView</name>
    <message>
        <source>Per which area</source>
        <translation>按何种区域</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>对比时段</translation>
    </message>
    <message>
        <source>against as long right before</source>
        <translation>与此前等长时段相比</translation>
    </message>
    <message>
        <source>against the same a year before</source>
        <translation>与上年同期相比</translation>
    </message>
    <message>
        <source>against as long, beginning …</source>
        <translation>与自选起始日的等长时段相比</translation>
    </message>
    <message>
        <source>compared with nothing</source>
        <translation>不对比</translation>
    </message>
    <message>
        <source>Figures per area</source>
        <translation>分区数据</translation>
    </message>
    <message>
        <source>No figures: they need a history ([incidents]) and areas in workspace.toml.</source>
        <translation>没有数据：需要在 workspace.toml 中指定历史警情 ([incidents]) 和区域。</translation>
    </message>
    <message>
        <source>being counted …</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>%1 incidents</source>
        <translation>%1 起</translation>
    </message>
    <message>
        <source>%1 in no area</source>
        <translation>%1 起不在任何区域</translation>
    </message>
    <message>
        <source>the history doesn't reach back to compare</source>
        <translation>历史不足，无法对比</translation>
    </message>
    <message>
        <source>%1 areas written to %2</source>
        <translation>已将 %1 个区域写入 %2</translation>
    </message>
</context>
<context>
    <name>HeaderStrip</name>
    <message>
        <source>store %1: failing</source>
        <translation>存储 %1：故障</translation>
    </message>
    <message>
        <source>store %1: changed by hand</source>
        <translation>存储 %1：被改动</translation>
    </message>
    <message>
        <source>store %1, read-only</source>
        <translation>存储 %1，只读</translation>
    </message>
    <message>
        <source>The journal is open for reading only; nothing can be written from this window.</source>
        <translation>台账以只读方式打开，本窗口不能写入。</translation>
    </message>
    <message>
        <source>store %1</source>
        <translation>存储 %1</translation>
    </message>
    <message>
        <source>Every command is on disk before it is shown.</source>
        <translation>每条指令先落盘，再显示。</translation>
    </message>
    <message>
        <source>feeds refused</source>
        <translation>拒绝接入</translation>
    </message>
    <message>
        <source>A training journal takes no live sources.</source>
        <translation>训练台账不接入实时来源。</translation>
    </message>
    <message>
        <source>no feed</source>
        <translation>无接入</translation>
    </message>
    <message>
        <source>Name one under [[feeds]] in workspace.toml.</source>
        <translation>请在 workspace.toml 的 [[feeds]] 中配置。</translation>
    </message>
    <message>
        <source>%1: %2 lines, %3 positions, %4 rejected</source>
        <translation>%1：%2 行，%3 个定位，%4 行拒收</translation>
    </message>
    <message>
        <source>rejects are kept in %1</source>
        <translation>拒收行保存在 %1</translation>
    </message>
    <message>
        <source>read by another console of this journal</source>
        <translation>由同一台账的另一控制台读取</translation>
    </message>
    <message>
        <source>feed stopped</source>
        <translation>接入中断</translation>
    </message>
    <message>
        <source>feed %1</source>
        <translation>接入 %1</translation>
    </message>
    <message>
        <source>, %1 rejected</source>
        <translation>，拒收 %1</translation>
    </message>
    <message>
        <source>feed silent for %1</source>
        <translation>接入已静默 %1</translation>
    </message>
    <message>
        <source>no basemap</source>
        <translation>无底图</translation>
    </message>
    <message>
        <source>Name a QGIS project under [basemap] in workspace.toml.</source>
        <translation>请在 workspace.toml 的 [basemap] 中指定 QGIS 工程。</translation>
    </message>
    <message>
        <source>basemap</source>
        <translation>底图</translation>
    </message>
    <message>
        <source>The cartographer answers.</source>
        <translation>制图进程正常。</translation>
    </message>
    <message>
        <source>basemap draws</source>
        <translation>底图绘制中</translation>
    </message>
    <message>
        <source>The cartographer is drawing the view.</source>
        <translation>制图进程正在绘制当前视图。</translation>
    </message>
    <message>
        <source>basemap starts</source>
        <translation>底图启动中</translation>
    </message>
    <message>
        <source>basemap restarts</source>
        <translation>底图重启中</translation>
    </message>
    <message>
        <source>no cartographer</source>
        <translation>无制图进程</translation>
    </message>
    <message>
        <source>basemap failed</source>
        <translation>底图故障</translation>
    </message>
    <message>
        <source>TRAINING — nothing here is real</source>
        <translation>训练模式 — 内容均非真实</translation>
    </message>
    <message>
        <source>Ctrl+M mutes the sound for five minutes</source>
        <translation>Ctrl+M 静音五分钟</translation>
    </message>
    <message>
        <source>live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>The window shows this moment.</source>
        <translation>窗口显示当前时刻。</translation>
    </message>
    <message>
        <source>replay</source>
        <translation>回放</translation>
    </message>
    <message>
        <source>The window shows the past. Esc goes back to now.</source>
        <translation>窗口显示过去，按 Esc 回到实时。</translation>
    </message>
    <message numerus="yes">
        <source>%n nobody has taken</source>
        <translation>
            <numerusform>%n 起无人受理</numerusform>
        </translation>
    </message>
    <message>
        <source> (muted)</source>
        <translation>（已静音）</translation>
    </message>
    <message>
        <source>The whole city is shown. `desk CODE` sits at a desk.</source>
        <translation>显示全市。输入 `desk 代码` 切换席位。</translation>
    </message>
    <message>
        <source>What desk %1 has before it is shown.</source>
        <translation>只显示席位 %1 的范围。</translation>
    </message>
    <message>
        <source>handed over by %1 at %2</source>
        <translation>%1 已于 %2 交班</translation>
    </message>
    <message>
        <source>Nobody has taken the desk over yet: takeover does.</source>
        <translation>还没有人接班：请输入 takeover。</translation>
    </message>
    <message>
        <source>%1 since %2</source>
        <translation>%1 值守，%2 起</translation>
    </message>
    <message>
        <source>%1 has the desk %2.</source>
        <translation>%1 正在值守席位 %2。</translation>
    </message>
</context>
<context>
    <name>HeatForm</name>
    <message>
        <source>Period</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>the last %1 days</source>
        <translation>最近 %1 天</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部历史</translation>
    </message>
    <message>
        <source>from … to …</source>
        <translation>自选起止日期</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起</translation>
    </message>
    <message>
        <source>To, whole day</source>
        <translation>止（含当日）</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>all categories</source>
        <translation>全部类别</translation>
    </message>
    <message>
        <source>group %1</source>
        <translation>大类 %1</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>带宽</translation>
    </message>
    <message>
        <source> m</source>
        <translation> 米</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>核函数</translation>
    </message>
    <message>
        <source>quartic</source>
        <translation>四次核</translation>
    </message>
    <message>
        <source>Gaussian</source>
        <translation>高斯核</translation>
    </message>
    <message>
        <source>Half-life</source>
        <translation>半衰期</translation>
    </message>
    <message>
        <source> days</source>
        <translation> 天</translation>
    </message>
    <message>
        <source>no decay by age</source>
        <translation>不随时间衰减</translation>
    </message>
    <message>
        <source>graver ones weigh more (4 to 1)</source>
        <translation>按严重程度加权（4 至 1）</translation>
    </message>
    <message>
        <source>Ramp ends at</source>
        <translation>色标上限</translation>
    </message>
    <message>
        <source>events/km²/day; stays until you change it</source>
        <translation>起/平方公里/天；不改则不变</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适配</translation>
    </message>
    <message>
        <source>Ends the ramp at a round figure that suits this surface</source>
        <translation>把色标上限设为适合当前热力面的整数值</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message><source>layers; there Enter: look, T: table, G: group, Alt+↑ ↓: order, Ins, Del, Ctrl+Z: back</source><translation>图层；其中 回车 样式，T 属性表，G 图层组，Alt+↑↓ 次序，Ins，Del，Ctrl+Z 恢复</translation></message>
    <message>
        <source>analysis: risk heat, hours of the week, figures, back-test</source>
        <translation>分析研判：风险热力、一周时段、分区数据、效果检验</translation>
    </message>
    <message>
        <source>tilted picture of the risk</source>
        <translation>立体风险图</translation>
    </message>
    <message>
        <source>print the map, or an atlas</source>
        <translation>打印地图或图集</translation>
    </message>
    <message>
        <source>close a road or slow it down, drawn on the map</source>
        <translation>在地图上绘制：封闭道路或限速</translation>
    </message>
    <message>
        <source>leader's board; Esc: back to the map</source>
        <translation>领导看板；Esc 回到地图</translation>
    </message>
    <message>
        <source>on a unit: send it with whoever joins</source>
        <translation>在力量上：连同协办一起派出</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>全部按键</translation>
    </message>
    <message>
        <source>next ticket that waits</source>
        <translation>下一个待派工单</translation>
    </message>
    <message>
        <source>plan for all waiting tickets</source>
        <translation>为全部待派工单排方案</translation>
    </message>
    <message>
        <source>in the ticket: best unit; on a unit: send it</source>
        <translation>在工单中：选最佳力量；在力量上：派出</translation>
    </message>
    <message>
        <source>take a call</source>
        <translation>接警</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>units</source>
        <translation>力量</translation>
    </message>
    <message>
        <source>map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>ticket panel</source>
        <translation>工单面板</translation>
    </message>
    <message>
        <source>what can be done with the ticket</source>
        <translation>工单可用操作</translation>
    </message>
    <message>
        <source>command bar; / looks for something</source>
        <translation>命令栏；/ 为查找</translation>
    </message>
    <message>
        <source>undo where nothing has left the room</source>
        <translation>撤销（尚未外发时）</translation>
    </message>
    <message>
        <source>exact previous view, with Shift the next</source>
        <translation>精确回到上一视图，加 Shift 为下一视图</translation>
    </message>
    <message>
        <source>whole city, follow again</source>
        <translation>全市视图，恢复跟随</translation>
    </message>
    <message>
        <source>zoom and move the map</source>
        <translation>缩放与移动地图</translation>
    </message>
    <message>
        <source>timeline: jump to a time</source>
        <translation>时间轴：跳到某时刻</translation>
    </message>
    <message>
        <source>play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>previous and next event</source>
        <translation>上一条、下一条记录</translation>
    </message>
    <message>
        <source>faster and slower</source>
        <translation>加快、放慢</translation>
    </message>
    <message>
        <source>export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>mute the alarm for five minutes</source>
        <translation>提示音静音五分钟</translation>
    </message>
    <message>
        <source>dark, light or high contrast</source>
        <translation>深色、浅色或高对比度</translation>
    </message>
    <message>
        <source>map: list what stands around the selected or in the middle</source>
        <translation>地图：列出所选对象周围或中心处的对象</translation>
    </message>
    <message>
        <source>full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>back: to the queue, out of a form, to live</source>
        <translation>返回：回到队列、离开表单、回到实时</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Command bar: verb, unit and ticket in any order</source>
        <translation>命令栏：动词、力量、工单，顺序不限</translation>
    </message>
    <message>
        <source>+  −  arrows</source>
        <translation>+  −  方向键</translation>
    </message>
    <message>
        <source>who is on</source>
        <translation>在班情况</translation>
    </message>
    <message>
        <source>turn the map; N: north up</source>
        <translation>旋转地图；N：正北朝上</translation>
    </message>
    <message>
        <source>overview map</source>
        <translation>鹰眼图</translation>
    </message>
    <message>
        <source>measure a way; an area</source>
        <translation>量距；量面积</translation>
    </message>
    <message>
        <source>copy the coordinates under the pointer; write them otherwise</source>
        <translation>复制指针处坐标；切换坐标写法</translation>
    </message>
    <message>
        <source>go to a coordinate, code, ticket, unit or place</source>
        <translation>前往坐标、编码、工单、力量或地点</translation>
    </message>
    <message>
        <source>on the map: </source>
        <translation>地图上：</translation>
    </message>
</context>
<context>
    <name>LayerBook</name>
    <message><source>%1 was taken away; Ctrl+Z in the list brings it back</source><translation>已移除“%1”；在列表中按 Ctrl+Z 恢复</translation></message>
    <message><source>being read</source><translation>正在读取</translation></message>
    <message><source>read as %1</source><translation>按 %1 读取</translation></message>
    <message><source>Group %1</source><translation>图层组 %1</translation></message>
    <message><source>Space shows or hides all its layers, Left and Right fold it, Del dissolves it</source><translation>空格显示或隐藏组内全部图层，← → 折叠或展开，Del 解散图层组</translation></message>
</context>
<context>
    <name>LayerModel</name>
    <message><source>group, folded</source><translation>图层组，已折叠</translation></message>
    <message><source>group, unfolded</source><translation>图层组，已展开</translation></message>
</context>
<context>
    <name>LayerProperties</name>
    <message><source>any</source><translation>不限</translation></message>
    <message><source>no names</source><translation>不标注</translation></message>
    <message><source>when near</source><translation>近处标注</translation></message>
    <message><source>read as %1</source><translation>按 %1 读取</translation></message>
    <message><source>all</source><translation>全部</translation></message>
    <message><source>all others</source><translation>其余</translation></message>
    <message><source>Colour: Enter or double click</source><translation>颜色：按回车或双击</translation></message>
    <message><source>orange</source><translation>橙</translation></message>
    <message><source>sky blue</source><translation>天蓝</translation></message>
    <message><source>green</source><translation>绿</translation></message>
    <message><source>yellow</source><translation>黄</translation></message>
    <message><source>blue</source><translation>蓝</translation></message>
    <message><source>vermilion</source><translation>朱红</translation></message>
    <message><source>pink</source><translation>粉</translation></message>
    <message><source>grey</source><translation>灰</translation></message>
    <message><source>no colour</source><translation>无颜色</translation></message>
    <message><source>another …</source><translation>其他…</translation></message>
    <message><source>edge …</source><translation>边线…</translation></message>
    <message><source>style written to %1</source><translation>样式已写入 %1</translation></message>
    <message><source>Name</source><translation>名称</translation></message>
    <message><source>Opacity</source><translation>不透明度</translation></message>
    <message><source>From scale</source><translation>比例尺自</translation></message>
    <message><source>To scale</source><translation>比例尺至</translation></message>
    <message><source>Look</source><translation>样式</translation></message>
    <message><source>one look</source><translation>单一样式</translation></message>
    <message><source>by value</source><translation>按值分类</translation></message>
    <message><source>%1: no number in its column %2</source><translation>%1：字段 %2 中没有数值</translation></message>
    <message><source>by number</source><translation>按数值分级</translation></message>
    <message><source>by rule</source><translation>按规则</translation></message>
    <message><source>Column</source><translation>字段</translation></message>
    <message><source>Classes</source><translation>分级方法</translation></message>
    <message><source>natural breaks</source><translation>自然间断</translation></message>
    <message><source>equal counts</source><translation>等量</translation></message>
    <message><source>equal steps</source><translation>等距</translation></message>
    <message><source>How many</source><translation>级数</translation></message>
    <message><source>Colours</source><translation>色带</translation></message>
    <message><source>red</source><translation>红</translation></message>
    <message><source>blue to red</source><translation>蓝到红</translation></message>
    <message><source>yellow to violet</source><translation>黄到紫</translation></message>
    <message><source>Classes of the layer</source><translation>图层的类别</translation></message>
    <message><source>Add a rule</source><translation>添加规则</translation></message>
    <message><source>Remove it</source><translation>删除</translation></message>
    <message><source>Line width</source><translation>线宽</translation></message>
    <message><source>Sign</source><translation>符号</translation></message>
    <message><source>circle</source><translation>圆</translation></message>
    <message><source>square</source><translation>方</translation></message>
    <message><source>triangle</source><translation>三角</translation></message>
    <message><source>diamond</source><translation>菱形</translation></message>
    <message><source>star</source><translation>星</translation></message>
    <message><source>cross</source><translation>十字</translation></message>
    <message><source>Size</source><translation>大小</translation></message>
    <message><source>Names</source><translation>标注</translation></message>
    <message><source>Name size</source><translation>标注字号</translation></message>
    <message><source>Only where</source><translation>筛选条件</translation></message>
    <message><source>level &gt;= 2 and name like '%park%'</source><translation>level &gt;= 2 and name like '%公园%'</translation></message>
    <message><source>System</source><translation>坐标系</translation></message>
    <message><source>Encoding</source><translation>编码</translation></message>
    <message><source>as found</source><translation>自动识别</translation></message>
    <message><source>Datum</source><translation>基准</translation></message>
    <message><source>Style file</source><translation>样式文件</translation></message>
    <message><source>How the layer looks</source><translation>图层样式</translation></message>
</context>
<context>
    <name>LayerTable</name>
    <message><source>selected only</source><translation>仅选中</translation></message>
    <message><source>Zoom to selection</source><translation>缩放到选中</translation></message>
    <message><source>Attribute table</source><translation>属性表</translation></message>
    <message><source>Only rows where</source><translation>仅显示满足条件的行</translation></message>
    <message><source>only where, e.g. level &gt;= 2</source><translation>筛选，例如 level &gt;= 2</translation></message>
    <message><source>Enter: zoom · Esc: leave</source><translation>回车：缩放 · Esc：离开</translation></message>
    <message><source>Rows of the layer</source><translation>图层的记录</translation></message>
    <message><source>%1 rows</source><translation>%1 行</translation></message>
    <message><source>%1 selected</source><translation>选中 %1</translation></message>
</context>
<context>
    <name>LayerTools</name>
    <message><source>Add a layer from a file (Ins)</source><translation>从文件添加图层（Ins）</translation></message>
    <message><source>From files …</source><translation>从文件…</translation></message>
    <message><source>From a folder …</source><translation>从文件夹…</translation></message>
    <message><source>Take the layer away (Del)</source><translation>移除图层（Del）</translation></message>
    <message><source>Further up (Alt+Up)</source><translation>上移（Alt+↑）</translation></message>
    <message><source>Further down (Alt+Down)</source><translation>下移（Alt+↓）</translation></message>
    <message><source>Look</source><translation>样式</translation></message>
    <message><source>How it looks and is read (Enter)</source><translation>样式与读取方式（回车）</translation></message>
    <message><source>Table</source><translation>属性表</translation></message>
    <message><source>Attribute table (T)</source><translation>属性表（T）</translation></message>
    <message><source>Which of its layers? Space checks, Enter adds</source><translation>添加其中哪些图层？空格勾选，回车添加</translation></message>
    <message><source>Add those checked</source><translation>添加勾选的图层</translation></message>
    <message><source>Styles (*.json *.qml)</source><translation>样式 (*.json *.qml)</translation></message>
    <message><source>Load style …</source><translation>载入样式…</translation></message>
    <message><source>Save style …</source><translation>保存样式…</translation></message>
    <message><source>Add layers</source><translation>添加图层</translation></message>
    <message><source>Map data</source><translation>地图数据</translation></message>
    <message><source>All files</source><translation>所有文件</translation></message>
    <message><source>Zoom to it (Z)</source><translation>缩放到图层（Z）</translation></message>
    <message><source>How it looks (Enter)</source><translation>样式（回车）</translation></message>
    <message><source>Bring back %1 (Ctrl+Z)</source><translation>恢复“%1”（Ctrl+Z）</translation></message>
    <message><source>Take it away (Del)</source><translation>移除（Del）</translation></message>
    <message><source>Group of the layer (G)</source><translation>将图层建组（G）</translation></message>
    <message><source>Dissolve the group; its layers stay (Del)</source><translation>解散图层组，保留其中图层（Del）</translation></message>
    <message><source>Dissolve the group (Del)</source><translation>解散图层组（Del）</translation></message>
    <message><source>Unfold (Right)</source><translation>展开（→）</translation></message>
    <message><source>Fold (Left)</source><translation>折叠（←）</translation></message>
    <message><source>Make a group of it (G)</source><translation>建立图层组（G）</translation></message>
    <message><source>Out of its group (Shift+G)</source><translation>移出图层组（Shift+G）</translation></message>
</context>
<context>
    <name>Layers</name>
    <message><source>Figures per area</source><translation>区域指标</translation></message>
    <message><source>Rates, hot spots and change, from the history</source><translation>由历史警情得出的发生率、热点与变化</translation></message>
    <message>
        <source>Incidents</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>力量</translation>
    </message>
    <message>
        <source>Risk heat</source>
        <translation>风险热力</translation>
    </message>
    <message>
        <source>No history: name an [incidents] source in workspace.toml</source>
        <translation>没有历史数据：请在 workspace.toml 中配置 [incidents]</translation>
    </message>
    <message>
        <source>No such areas: name a source of this kind in workspace.toml</source>
        <translation>没有此类区域：请在 workspace.toml 中配置</translation>
    </message>
    <message>
        <source>Exclusive grids</source>
        <translation>专属网格</translation>
    </message>
    <message>
        <source>Roads</source>
        <translation>道路</translation>
    </message>
    <message>
        <source>Basemap</source>
        <translation>底图</translation>
    </message>
    <message>
        <source>No basemap: name a QGIS project under [basemap] in workspace.toml</source>
        <translation>没有底图：请在 workspace.toml 的 [basemap] 中指定 QGIS 工程</translation>
    </message>
    <message>
        <source>Closed roads</source>
        <translation>封闭道路</translation>
    </message>
    <message>
        <source>No roads: name a [roads] source in workspace.toml</source>
        <translation>没有道路：请在 workspace.toml 中写明 [roads] 数据源</translation>
    </message>
</context>
<context>
    <name>LayersPanel</name>
    <message>
        <source>events/km²/day · all days · %1 m</source>
        <translation>起/平方公里/天 · 全部历史 · %1 米</translation>
    </message>
    <message><source>Which figure</source><translation>哪项指标</translation></message>
    <message><source>rate, drawn to the mean</source><translation>收缩后的发生率</translation></message>
    <message><source>rate as counted</source><translation>原始发生率</translation></message>
    <message><source>hot and cold spots</source><translation>热点与冷点</translation></message>
    <message><source>change</source><translation>变化</translation></message>
    <message><source>Per which area</source><translation>按何种区域</translation></message>
    <message><source>Over how long</source><translation>时间长度</translation></message>
    <message><source>the last %1 days</source><translation>最近 %1 天</translation></message>
    <message>
        <source>events/km²/day · %1 days · %2 m</source>
        <translation>起/平方公里/天 · %1 天 · %2 米</translation>
    </message>
    <message>
        <source>LAYERS</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>LEGEND</source>
        <translation>图例</translation>
    </message>
    <message>
        <source>position lost (never recommended)</source>
        <translation>失联（绝不推荐）</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message><source>Nothing of it has a place on the map</source><translation>其中没有可上图的位置</translation></message>
    <message>
        <source>No history to analyse: name an [incidents] source in workspace.toml</source>
        <translation>没有可分析的历史警情：请在 workspace.toml 中指定 [incidents] 来源</translation>
    </message>
    <message>
        <source>Print the map (Ctrl+P)</source>
        <translation>打印地图 (Ctrl+P)</translation>
    </message>
    <message>
        <source>What is here on the basemap</source>
        <translation>底图在此处的内容</translation>
    </message>
    <message>
        <source>Every road is open</source>
        <translation>全部道路畅通</translation>
    </message>
    <message>
        <source>%1 · %2 %</source>
        <translation>%1 · %2 %</translation>
    </message>
    <message>
        <source>▽ %1 · the newest %2 of %3 tickets   ✕ Esc</source>
        <translation>▽ %1 · %3 张工单中最新的 %2 张   ✕ Esc</translation>
    </message>
    <message>
        <source>▽ %1 · tickets: %2   ✕ Esc</source>
        <translation>▽ %1 · 工单 %2 张   ✕ Esc</translation>
    </message>
    <message>
        <source>Every ticket has somebody</source>
        <translation>所有工单都有人受理</translation>
    </message>
    <message>
        <source>Queue of open tickets</source>
        <translation>未结工单队列</translation>
    </message>
    <message>
        <source>No ticket is open. Incidents of the feeds arrive here; F3 takes a call.</source>
        <translation>没有未结工单。接入的事件会出现在这里；F3 接警。</translation>
    </message>
    <message>
        <source>Units on duty</source>
        <translation>在岗力量</translation>
    </message>
    <message>
        <source>No unit is on duty. Units come from the [units] source; `on UNIT` brings one on duty.</source>
        <translation>没有在岗力量。力量来自 [units]；命令 on 力量编号 可上岗。</translation>
    </message>
    <message>
        <source>Take a call from here</source>
        <translation>在此处接警</translation>
    </message>
    <message>
        <source>Declare %1 here</source>
        <translation>申报 %1 在此处</translation>
    </message>
    <message>
        <source>Centre here</source>
        <translation>以此为中心</translation>
    </message>
    <message>
        <source>this window is now the desk %1</source>
        <translation>本窗口现为席位 %1</translation>
    </message>
    <message>
        <source>this window shows the whole city</source>
        <translation>本窗口显示全市</translation>
    </message>
    <message>
        <source>Nobody has called a roll; roll BEAT does</source>
        <translation>还没有点过名；请输入 roll 警格</translation>
    </message>
    <message>
        <source>Enter shows it on the map</source>
        <translation>Enter 在地图上显示</translation>
    </message>
    <message>
        <source>Close a road (Ctrl+R)</source>
        <translation>封闭道路 (Ctrl+R)</translation>
    </message>
    <message>
        <source>Close a road from here</source>
        <translation>从此处封闭道路</translation>
    </message>
    <message>
        <source>Open %1 again</source>
        <translation>恢复通行 %1</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>Nothing stands in the middle of the map</source>
        <translation>地图中心处没有对象</translation>
    </message>
    <message>
        <source>  (%1 more)</source>
        <translation>（另有 %1 条）</translation>
    </message>
    <message><source>being counted</source><translation>统计中</translation></message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>REPLAY %1 — Esc for live</source>
        <translation>回放 %1 — 按 Esc 回到实时</translation>
    </message>
    <message>
        <source>being read</source>
        <translation>读取中</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>being made</source>
        <translation>生成中</translation>
    </message>
    <message>
        <source>Close a road</source>
        <translation>封闭道路</translation>
    </message>
    <message>
        <source>Close a road or slow it down, drawn on the map (Ctrl+R)</source>
        <translation>在地图上绘制：封闭道路或限速 (Ctrl+R)</translation>
    </message>
    <message>
        <source>none that can be used</source>
        <translation>没有可用的道路</translation>
    </message>
    <message>
        <source>Every road is open; Ctrl+R closes one</source>
        <translation>全部道路畅通；Ctrl+R 封闭道路</translation>
    </message>
</context>
<context>
    <name>PrintDialog</name>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
    <message>
        <source>Risk</source>
        <translation>风险</translation>
    </message>
    <message>
        <source>%1 /km²/day</source>
        <translation>%1 起/平方公里·日</translation>
    </message>
    <message>
        <source>position lost</source>
        <translation>位置失效</translation>
    </message>
    <message>
        <source>units</source>
        <translation>力量</translation>
    </message>
    <message>
        <source>risk heat</source>
        <translation>风险热力</translation>
    </message>
    <message>
        <source>added layers</source>
        <translation>添加的图层</translation>
    </message>
    <message>
        <source>Sheet %1 of %2</source>
        <translation>第 %1 幅，共 %2 幅</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
    <message numerus="yes">
        <source>Written: %1 and %n more</source>
        <translation>
            <numerusform>已写入：%1 等，另有 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
    <message>
        <source>N</source>
        <comment>north on a printed map</comment>
        <translation>北</translation>
    </message>
    <message>
        <source>{count} more rows overleaf</source>
        <translation>另有 {count} 行见下页</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>受理时间</translation>
    </message>
    <message>
        <source>Exclusive grids</source>
        <translation>专属网格</translation>
    </message>
    <message>
        <source>Priority %1</source>
        <translation>优先级 %1</translation>
    </message>
    <message>
        <source>The QGIS helper starts</source>
        <translation>QGIS 绘图程序正在启动</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Print the map</source>
        <translation>打印地图</translation>
    </message>
    <message>
        <source>The view</source>
        <translation>当前视图</translation>
    </message>
    <message>
        <source>The whole city</source>
        <translation>全市</translation>
    </message>
    <message>
        <source>Atlas: a page for each %1</source>
        <translation>图集：每个%1一页</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>Dots per inch</source>
        <translation>分辨率（dpi）</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Subtitle</source>
        <translation>副标题</translation>
    </message>
    <message>
        <source>what shows all of it</source>
        <translation>恰好显示全部</translation>
    </message>
    <message>
        <source>Scale 1 :</source>
        <translation>比例尺 1 :</translation>
    </message>
    <message>
        <source>landscape</source>
        <translation>横向</translation>
    </message>
    <message>
        <source>basemap</source>
        <translation>底图</translation>
    </message>
    <message>
        <source>codes of areas</source>
        <translation>区域编码</translation>
    </message>
    <message>
        <source>open tickets and their table</source>
        <translation>未结工单及其表格</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>&amp;Print</source>
        <translation>打印(&amp;P)</translation>
    </message>
    <message>
        <source>Print to</source>
        <translation>打印到</translation>
    </message>
</context>
<context>
    <name>MapTools</name>
    <message>
        <source>that place is in no area</source>
        <translation>该处不在任何区域内</translation>
    </message>
    <message>
        <source>that place has no degrees</source>
        <translation>该处没有经纬度</translation>
    </message>
    <message>
        <source>copied: %1</source>
        <translation>已复制：%1</translation>
    </message>
    <message>
        <source>coordinates: %1</source>
        <translation>坐标写法：%1</translation>
    </message>
    <message>
        <source>Copy coordinates</source>
        <translation>复制坐标</translation>
    </message>
    <message>
        <source>Read coordinates as</source>
        <translation>坐标写法</translation>
    </message>
    <message>
        <source>Measure from here</source>
        <translation>从此处量距</translation>
    </message>
    <message>
        <source>Measure an area from here</source>
        <translation>从此处量面积</translation>
    </message>
    <message>
        <source>Overview map (O)</source>
        <translation>鹰眼图 (O)</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>减少动态效果</translation>
    </message>
    <message>
        <source>North up (N)</source>
        <translation>正北朝上 (N)</translation>
    </message>
</context>
<context>
    <name>MeasureStrip</name>
    <message>
        <source>Area</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>量测</translation>
    </message>
    <message>
        <source>The places are the border of an area (A)</source>
        <translation>所点位置为区域边界 (A)</translation>
    </message>
    <message>
        <source>Copies what was measured (Ctrl+C)</source>
        <translation>复制量测结果 (Ctrl+C)</translation>
    </message>
    <message>
        <source>Leaves the measuring (Esc)</source>
        <translation>退出量测 (Esc)</translation>
    </message>
    <message>
        <source>copied: %1</source>
        <translation>已复制：%1</translation>
    </message>
    <message>
        <source>%1 · border %2 · the border crosses itself</source>
        <translation>%1 · 周长 %2 · 边界自相交</translation>
    </message>
    <message>
        <source>%1 · border %2</source>
        <translation>%1 · 周长 %2</translation>
    </message>
    <message>
        <source>%1 towards %2</source>
        <translation>%1，方位 %2</translation>
    </message>
    <message>
        <source>%1 · last leg %2 towards %3</source>
        <translation>%1 · 末段 %2，方位 %3</translation>
    </message>
    <message>
        <source>Click, or Space at the cross, where it begins. A: area, Esc: leave</source>
        <translation>点击起点，或将十字移到起点按空格。A：面积，Esc：退出</translation>
    </message>
    <message>
        <source>Enter ends it, Backspace takes the last place back</source>
        <translation>Enter 结束，Backspace 撤回上一点</translation>
    </message>
    <message>
        <source>A click begins anew, Ctrl+C copies, Esc leaves</source>
        <translation>点击重新开始，Ctrl+C 复制，Esc 退出</translation>
    </message>
</context>
<context>
    <name>OverviewMap</name>
    <message>
        <source>Overview map</source>
        <translation>鹰眼图</translation>
    </message>
    <message>
        <source>The whole city; drag the frame to move the map (O hides it)</source>
        <translation>全市；拖动方框移动地图（按 O 隐藏）</translation>
    </message>
</context>
<context>
    <name>QueueModel</name>
    <message>
        <source>priority %1</source>
        <translation>优先级 %1</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事由</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>历时</translation>
    </message>
    <message>
        <source>Due in</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>escalated; desks that heard of it: %1</source>
        <translation>已督办至 %1 个席位</translation>
    </message>
    <message>
        <source>scheduled; it sounds no alarm and is in no plan before</source>
        <translation>预约工单；到时之前不提示、不入方案</translation>
    </message>
</context>
<context>
    <name>RiskSurface</name>
    <message>
        <source>by severity</source>
        <translation>按严重程度</translation>
    </message>
    <message>
        <source>half-life %1 d</source>
        <translation>半衰期 %1 天</translation>
    </message>
    <message>
        <source>%1 of 168 h</source>
        <translation>168 小时中的 %1 小时</translation>
    </message>
    <message>
        <source>Gaussian</source>
        <translation>高斯核</translation>
    </message>
</context>
<context>
    <name>ShiftPanel</name>
    <message>
        <source>This shift</source>
        <translation>本班</translation>
    </message>
    <message>
        <source>THIS SHIFT · 8 HOURS</source>
        <translation>本班 · 近 8 小时</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>overdue · %1</source>
        <translation>超时 · %1</translation>
    </message>
    <message>
        <source>on time, %1 closed</source>
        <translation>按时，已结 %1</translation>
    </message>
    <message>
        <source>median sign-for</source>
        <translation>签收中位数</translation>
    </message>
    <message>
        <source>median arrival</source>
        <translation>到场中位数</translation>
    </message>
    <message>
        <source>%1 opened · %2 open now · %3 units on duty</source>
        <translation>新建 %1 · 未结 %2 · 在岗力量 %3</translation>
    </message>
</context>
<context>
    <name>StartWindow</name>
    <message>
        <source>Open a city: a folder with a workspace.toml</source>
        <translation>打开城市：含 workspace.toml 的文件夹</translation>
    </message>
    <message>
        <source>Recent workspaces</source>
        <translation>最近的工作区</translation>
    </message>
    <message>
        <source>Another folder …</source>
        <translation>其他文件夹 …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Open a city</source>
        <translation>打开城市</translation>
    </message>
    <message>
        <source>This city could not be opened.</source>
        <translation>无法打开该城市。</translation>
    </message>
</context>
<context>
    <name>SymbolLegend</name>
    <message>
        <source>Symbols</source>
        <translation>符号</translation>
    </message>
    <message>
        <source>disorder</source>
        <translation>治安</translation>
    </message>
    <message>
        <source>theft</source>
        <translation>盗窃</translation>
    </message>
    <message>
        <source>dispute</source>
        <translation>纠纷</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>噪音</translation>
    </message>
    <message>
        <source>traffic</source>
        <translation>交通</translation>
    </message>
    <message>
        <source>fire</source>
        <translation>火灾</translation>
    </message>
    <message>
        <source>medical</source>
        <translation>医疗</translation>
    </message>
    <message>
        <source>gas</source>
        <translation>燃气</translation>
    </message>
    <message>
        <source>flood</source>
        <translation>汛情</translation>
    </message>
    <message>
        <source>missing person</source>
        <translation>走失</translation>
    </message>
    <message>
        <source>call for help</source>
        <translation>求助</translation>
    </message>
    <message>
        <source>hazard</source>
        <translation>隐患</translation>
    </message>
    <message>
        <source>sanitation</source>
        <translation>市容环境</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>StyleTurner</name>
    <message><source>style written to %1</source><translation>样式已写入 %1</translation></message>
    <message><source>style read from %1</source><translation>已读取样式 %1</translation></message>
</context>
<context>
    <name>TicketActions</name>
    <message>
        <source>&amp;6  the duty officer decided so</source>
        <translation>&amp;6  值班领导决定</translation>
    </message>
    <message>
        <source>&amp;5  the first one is needed elsewhere</source>
        <translation>&amp;5  首选另有任务</translation>
    </message>
    <message>
        <source>&amp;4  the first one declined</source>
        <translation>&amp;4  首选拒接</translation>
    </message>
    <message>
        <source>&amp;3  says by radio to be nearer</source>
        <translation>&amp;3  电台报告距离更近</translation>
    </message>
    <message>
        <source>&amp;2  was asked for</source>
        <translation>&amp;2  对方指名</translation>
    </message>
    <message>
        <source>&amp;1  knows the place or the people</source>
        <translation>&amp;1  熟悉现场或当事人</translation>
    </message>
    <message>
        <source>Cate&amp;gory</source>
        <translation>类别(&amp;G)</translation>
    </message>
    <message>
        <source>Which category: code or a part of its name</source>
        <translation>改为哪个类别：代码或名称的一部分</translation>
    </message>
    <message>
        <source>&amp;Accepted</source>
        <translation>签收(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;En route</source>
        <translation>出发(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;On scene</source>
        <translation>到场(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Handled</source>
        <translation>处置完毕(&amp;H)</translation>
    </message>
    <message>
        <source>What was done there?</source>
        <translation>现场如何处置？</translation>
    </message>
    <message>
        <source>&amp;Release</source>
        <translation>撤回(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation>核实(&amp;V)</translation>
    </message>
    <message>
        <source>Re&amp;view</source>
        <translation>回访(&amp;V)</translation>
    </message>
    <message>
        <source>Called back? What did they say?</source>
        <translation>回访结果如何？</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>关闭(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>备注(&amp;N)</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Ca&amp;ll log</source>
        <translation>通话记录(&amp;L)</translation>
    </message>
    <message>
        <source>Who called, what was said</source>
        <translation>谁来电，说了什么</translation>
    </message>
    <message>
        <source>E&amp;scalate</source>
        <translation>督办(&amp;S)</translation>
    </message>
    <message>
        <source>To which desk, and why</source>
        <translation>交给哪个席位，原因</translation>
    </message>
    <message>
        <source>&amp;Transfer</source>
        <translation>移交(&amp;T)</translation>
    </message>
    <message>
        <source>Ret&amp;urn</source>
        <translation>退单(&amp;U)</translation>
    </message>
    <message>
        <source>Why is it not ours?</source>
        <translation>为何不属本台？</translation>
    </message>
    <message>
        <source>&amp;Merge into …</source>
        <translation>并入(&amp;M) …</translation>
    </message>
    <message>
        <source>Into which ticket (T…)</source>
        <translation>并入哪个工单 (T…)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>撤销(&amp;C)</translation>
    </message>
    <message>
        <source>Why is it cancelled?</source>
        <translation>为何撤销？</translation>
    </message>
    <message>
        <source>Reo&amp;pen</source>
        <translation>重新打开(&amp;P)</translation>
    </message>
    <message>
        <source>Why is it opened again?</source>
        <translation>为何重新打开？</translation>
    </message>
    <message>
        <source>named in the command bar</source>
        <translation>在命令栏指名</translation>
    </message>
    <message>
        <source>field=value, a value with blanks in quotes</source>
        <translation>字段=值，值含空格时加引号</translation>
    </message>
    <message>
        <source>&amp;Answers</source>
        <translation>反馈(&amp;A)</translation>
    </message>
    <message>
        <source>Other &amp;time</source>
        <translation>改约(&amp;T)</translation>
    </message>
    <message>
        <source>When: 14:30 or 2026-03-14T14:30</source>
        <translation>时间：14:30 或 2026-03-14T14:30</translation>
    </message>
    <message>
        <source>&amp;Rectified</source>
        <translation>已整改(&amp;R)</translation>
    </message>
    <message>
        <source>What was done about the hazard?</source>
        <translation>隐患如何整改？</translation>
    </message>
    <message>
        <source>Inspection &amp;passed</source>
        <translation>复查通过(&amp;P)</translation>
    </message>
    <message>
        <source>What was seen?</source>
        <translation>复查情况？</translation>
    </message>
    <message>
        <source>Inspection &amp;failed</source>
        <translation>复查不通过(&amp;F)</translation>
    </message>
    <message>
        <source>Days for another try, and why</source>
        <translation>再限几天、原因</translation>
    </message>
    <message>
        <source>&amp;Hazard</source>
        <translation>隐患(&amp;H)</translation>
    </message>
    <message>
        <source>Days to rectify it, and what it is</source>
        <translation>限几天整改、什么隐患</translation>
    </message>
    <message>
        <source>was reserved</source>
        <translation>预约时已预留</translation>
    </message>
</context>
<context>
    <name>TicketPanel</name>
    <message>
        <source>Way, turn by turn</source>
        <translation>逐段路线</translation>
    </message>
    <message>
        <source>%1 IS NOT THE FIRST ONE: WHY? 1–%2, ESC GIVES UP</source>
        <translation>%1 不是首选：为什么？按 1–%2，ESC 放弃</translation>
    </message>
    <message>
        <source>Not the first one: why?</source>
        <translation>未选首选：原因？</translation>
    </message>
    <message>
        <source>WHO IS ON IT, WHO CAN JOIN</source>
        <translation>已派与可协办</translation>
    </message>
    <message>
        <source>WHO SHOULD GO · CTRL+ENTER SENDS BOTH</source>
        <translation>建议派出 · CTRL+回车 连同协办</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>merged into %1</source>
        <translation>已并入 %1</translation>
    </message>
    <message>
        <source>%1 joins</source>
        <translation>%1协办</translation>
    </message>
    <message>
        <source>duty %1 · %2 leads</source>
        <translation>职责 %1 · %2主办</translation>
    </message>
    <message>
        <source>no deadline runs</source>
        <translation>没有在计时的时限</translation>
    </message>
    <message>
        <source>send within %1</source>
        <translation>%1 内派出</translation>
    </message>
    <message>
        <source>accept within %1</source>
        <translation>%1 内签收</translation>
    </message>
    <message>
        <source>arrive within %1</source>
        <translation>%1 内到场</translation>
    </message>
    <message>
        <source>finish within %1</source>
        <translation>%1 内办结</translation>
    </message>
    <message>
        <source>NOBODY CAN GO</source>
        <translation>无人可派</translation>
    </message>
    <message>
        <source>WHO SHOULD GO</source>
        <translation>派谁去</translation>
    </message>
    <message>
        <source>Nobody can be proposed for this ticket</source>
        <translation>该工单无人可推荐</translation>
    </message>
    <message>
        <source>No ticket is chosen, F2 takes one</source>
        <translation>未选工单，按 F2 取一个</translation>
    </message>
    <message>
        <source>No ticket is chosen.

F2 takes the most urgent one that waits, F3 takes a call, a click on the map or in the queue shows any.</source>
        <translation>未选工单。

F2 取最紧急的待派工单，F3 接警，在地图或队列中点击可查看任一工单。</translation>
    </message>
    <message>
        <source>Who should go</source>
        <translation>派谁去</translation>
    </message>
    <message>
        <source>RECORD</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Record of the ticket</source>
        <translation>工单记录</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Enter does it, Esc gives up</source>
        <translation>回车确认，Esc 放弃</translation>
    </message>
    <message>
        <source>grid %1</source>
        <translation>网格 %1</translation>
    </message>
    <message>
        <source>beat %1</source>
        <translation>警格 %1</translation>
    </message>
    <message>
        <source>What the caller said</source>
        <translation>报警内容</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>verify within %1</source>
        <translation>%1 内核实</translation>
    </message>
    <message>
        <source>review within %1</source>
        <translation>%1 内复核</translation>
    </message>
    <message>
        <source>What is still to be done</source>
        <translation>待办事项</translation>
    </message>
    <message>
        <source>begins %1</source>
        <translation>%1 开始</translation>
    </message>
    <message>
        <source>rectify by %1</source>
        <translation>限 %1 前整改</translation>
    </message>
    <message>
        <source>inspect by %1</source>
        <translation>限 %1 前复查</translation>
    </message>
    <message>
        <source>WHO CAN BE RESERVED</source>
        <translation>可预留力量</translation>
    </message>
    <message>
        <source>%1 reserved for %2</source>
        <translation>已为 %2 预留 %1</translation>
    </message>
    <message>
        <source>Why not the first one</source>
        <translation>为什么不派首选</translation>
    </message>
    <message>
        <source>WAY OF %1 · %2 %3 · %4:%5</source>
        <translation>%1 的路线 · %2 %3 · %4:%5</translation>
    </message>
    <message>
        <source>straight, not by road</source>
        <translation>直线，非道路</translation>
    </message>
    <message>
        <source>by road</source>
        <translation>沿道路</translation>
    </message>
</context>
<context>
    <name>TiltedCanvas</name>
    <message>
        <source>Tilted picture of the risk</source>
        <translation>立体风险图</translation>
    </message>
    <message>
        <source>being counted and drawn …</source>
        <translation>正在统计和绘制…</translation>
    </message>
</context>
<context>
    <name>TiltedPage</name>
    <message>
        <source>Buildings: %1</source>
        <translation>建筑：%1</translation>
    </message>
    <message>
        <source>%1 m high</source>
        <translation>高 %1 米</translation>
    </message>
    <message>
        <source>heights × %1</source>
        <translation>高度放大 %1 倍</translation>
    </message>
    <message>
        <source>Which figure</source>
        <translation>何种数据</translation>
    </message>
    <message>
        <source>rate, drawn to the mean</source>
        <translation>收缩率</translation>
    </message>
    <message>
        <source>rate as counted</source>
        <translation>实计率</translation>
    </message>
    <message>
        <source>count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Per which area</source>
        <translation>按何种区域</translation>
    </message>
    <message>
        <source>drag: turn and tilt · right button: move · wheel: zoom · PgUp PgDn: height</source>
        <translation>拖动：旋转倾斜 · 右键：平移 · 滚轮：缩放 · PgUp PgDn：高度</translation>
    </message>
    <message>
        <source>Whole city (Home)</source>
        <translation>全市 (Home)</translation>
    </message>
    <message>
        <source>Back to the map (Esc)</source>
        <translation>返回地图 (Esc)</translation>
    </message>
    <message>
        <source>%1 in %2 days</source>
        <translation>%2 天内 %1 起</translation>
    </message>
    <message>
        <source>%1/km²/day</source>
        <translation>%1/km²/天</translation>
    </message>
    <message>
        <source>No history or no areas: name them in workspace.toml</source>
        <translation>没有历史警情或区域：请在 workspace.toml 中指定</translation>
    </message>
    <message>
        <source>incidents in %1 days</source>
        <translation>%1 天内警情数</translation>
    </message>
    <message>
        <source>events/km²/day · %1 days</source>
        <translation>起/平方公里/天 · %1 天</translation>
    </message>
</context>
<context>
    <name>TimelineStrip</name>
    <message>
        <source>Previous event (Ctrl+Left)</source>
        <translation>上一条记录 (Ctrl+Left)</translation>
    </message>
    <message>
        <source>Play or pause the replay (Ctrl+Space)</source>
        <translation>播放或暂停回放 (Ctrl+Space)</translation>
    </message>
    <message>
        <source>Next event (Ctrl+Right)</source>
        <translation>下一条记录 (Ctrl+Right)</translation>
    </message>
    <message>
        <source>Speed (Ctrl+Up, Ctrl+Down)</source>
        <translation>速度 (Ctrl+Up, Ctrl+Down)</translation>
    </message>
    <message>
        <source>jump to 02:14</source>
        <translation>跳到 02:14</translation>
    </message>
    <message>
        <source>Jump to a time</source>
        <translation>跳到时刻</translation>
    </message>
    <message>
        <source>follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Keep the selected unit in the middle of the map</source>
        <translation>让选中的力量保持在地图中央</translation>
    </message>
    <message>
        <source>Recorded events over time; drag to a moment</source>
        <translation>记录随时间分布；拖动到某时刻</translation>
    </message>
    <message>
        <source>live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Drag to a moment; the wheel shows more or less of the recorded time</source>
        <translation>拖到某一时刻；滚轮放大或缩小时间范围</translation>
    </message>
</context>
<context>
    <name>UnitModel</name>
    <message>
        <source>Unit</source>
        <translation>力量</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>On</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>负荷</translation>
    </message>
    <message>
        <source>reserved %1</source>
        <translation>已预留 %1</translation>
    </message>
</context>
<context>
    <name>WeekClock</name>
    <message>
        <source>%1 an hour, over %2 h of the period</source>
        <translation>平均每小时 %1 起，期内共 %2 小时</translation>
    </message>
    <message>
        <source>Hours of the week</source>
        <translation>一周时段</translation>
    </message>
    <message>
        <source>%1: %2 incidents</source>
        <translation>%1：%2 起</translation>
    </message>
    <message>
        <source>%1-%2 h: %3 incidents</source>
        <translation>%1–%2 时：%3 起</translation>
    </message>
    <message>
        <source>%1 %2-%3 h: %4 incidents</source>
        <translation>%1 %2–%3 时：%4 起</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>row %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>row %1 (%2): %3</source>
        <translation>第 %1 行（%2）：%3</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>reported</source>
        <translation>已报</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>已核实</translation>
    </message>
    <message>
        <source>dispatched</source>
        <translation>已派</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>已签收</translation>
    </message>
    <message>
        <source>en route</source>
        <translation>途中</translation>
    </message>
    <message>
        <source>on scene</source>
        <translation>到场</translation>
    </message>
    <message>
        <source>handled</source>
        <translation>已处置</translation>
    </message>
    <message>
        <source>reviewed</source>
        <translation>已回访</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>已退单</translation>
    </message>
    <message>
        <source>transferred</source>
        <translation>已移交</translation>
    </message>
    <message>
        <source>escalated</source>
        <translation>督办</translation>
    </message>
    <message>
        <source>merged</source>
        <translation>已合并</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>reopened</source>
        <translation>重开</translation>
    </message>
    <message>
        <source>officer</source>
        <translation>民警</translation>
    </message>
    <message>
        <source>auxiliary</source>
        <translation>辅警</translation>
    </message>
    <message>
        <source>grid worker</source>
        <translation>网格员</translation>
    </message>
    <message>
        <source>guard</source>
        <translation>保安</translation>
    </message>
    <message>
        <source>mediator</source>
        <translation>调解员</translation>
    </message>
    <message>
        <source>rescue team</source>
        <translation>救援队</translation>
    </message>
    <message>
        <source>department desk</source>
        <translation>部门席位</translation>
    </message>
    <message>
        <source>free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>assigned</source>
        <translation>已派</translation>
    </message>
    <message>
        <source>on break</source>
        <translation>休息</translation>
    </message>
    <message>
        <source>out of service</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>off duty</source>
        <translation>下岗</translation>
    </message>
    <message>
        <source>leads</source>
        <translation>主办</translation>
    </message>
    <message>
        <source>joins</source>
        <translation>协办</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已派</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>拒接</translation>
    </message>
    <message>
        <source>released</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Cities</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>Counties</source>
        <translation>区县</translation>
    </message>
    <message>
        <source>Townships</source>
        <translation>街镇</translation>
    </message>
    <message>
        <source>Communities</source>
        <translation>社区</translation>
    </message>
    <message>
        <source>Grids</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Bureaus</source>
        <translation>分局</translation>
    </message>
    <message>
        <source>Stations</source>
        <translation>派出所</translation>
    </message>
    <message>
        <source>Beats</source>
        <translation>警格</translation>
    </message>
    <message>
        <source>sensor</source>
        <translation>传感器</translation>
    </message>
    <message>
        <source>desk</source>
        <translation>席位</translation>
    </message>
    <message>
        <source>accept</source>
        <translation>签收</translation>
    </message>
    <message>
        <source>arrive</source>
        <translation>到场</translation>
    </message>
    <message>
        <source>finish</source>
        <translation>办结</translation>
    </message>
    <message>
        <source>fix %1</source>
        <translation>定位 %1</translation>
    </message>
    <message>
        <source>fix</source>
        <translation>定位</translation>
    </message>
    <message>
        <source>declared %1</source>
        <translation>申报 %1</translation>
    </message>
    <message>
        <source>declared</source>
        <translation>申报</translation>
    </message>
    <message>
        <source>posted</source>
        <translation>驻点</translation>
    </message>
    <message>
        <source>home area</source>
        <translation>责任区</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 米</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 公里</translation>
    </message>
    <message>
        <source>city</source>
        <translation>市</translation>
    </message>
    <message>
        <source>county</source>
        <translation>区县</translation>
    </message>
    <message>
        <source>township</source>
        <translation>街镇</translation>
    </message>
    <message>
        <source>community</source>
        <translation>社区</translation>
    </message>
    <message>
        <source>grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>bureau</source>
        <translation>分局</translation>
    </message>
    <message>
        <source>station</source>
        <translation>派出所</translation>
    </message>
    <message>
        <source>beat</source>
        <translation>警格</translation>
    </message>
    <message>
        <source>verify</source>
        <translation>核实</translation>
    </message>
    <message>
        <source>review</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>rectify</source>
        <translation>整改</translation>
    </message>
    <message>
        <source>inspect</source>
        <translation>复查</translation>
    </message>
</context>
<context>
    <name>Cover</name>
    <message>
        <source>beat %1</source>
        <translation>警格 %1</translation>
    </message>
    <message>
        <source>grid %1</source>
        <translation>网格 %1</translation>
    </message>
    <message>
        <source>While %1 is away, nobody covers %2.</source>
        <translation>%1 外出期间，%2 无人可补位。</translation>
    </message>
    <message>
        <source>After %1 leaves, nobody covers %2.</source>
        <translation>%1 出动后，%2 无人可补位。</translation>
    </message>
    <message>
        <source>While %1 is away, %2 is covered by %3 in %4.</source>
        <translation>%1 外出期间，%2 由 %3 补位，%4 可到。</translation>
    </message>
    <message>
        <source>After %1 leaves, %2 is covered by %3 in %4.</source>
        <translation>%1 出动后，%2 由 %3 补位，%4 可到。</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>%1 is %2 now</source>
        <translation>%1 现为“%2”</translation>
    </message>
    <message>
        <source>%1 leads</source>
        <translation>%1 主办</translation>
    </message>
</context>
<context>
    <name>PlanModel</name>
    <message>
        <source>%1 late</source>
        <translation>迟到 %1</translation>
    </message>
    <message>
        <source>%1 tickets</source>
        <translation>共 %1 单</translation>
    </message>
    <message>
        <source>%1 served</source>
        <translation>可派 %1 单</translation>
    </message>
    <message>
        <source>proven: no plan is better</source>
        <translation>已证明：没有更优方案</translation>
    </message>
    <message>
        <source>gap %1 %</source>
        <translation>与最优差距不超过 %1%</translation>
    </message>
    <message>
        <source>gap not known yet</source>
        <translation>与最优差距尚未知</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>无人可派</translation>
    </message>
    <message>
        <source>priority %1</source>
        <translation>优先级 %1</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事由</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>力量</translation>
    </message>
    <message>
        <source>Arrives in</source>
        <translation>预计到达</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>理由</translation>
    </message>
</context>
<context>
    <name>PlanPanel</name>
    <message>
        <source>Plan for all waiting tickets</source>
        <translation>全部待派工单的方案</translation>
    </message>
    <message>
        <source>Space: in or out · Enter: accept · Esc: leave</source>
        <translation>空格：选用或不用 · 回车：采纳 · Esc：离开</translation>
    </message>
    <message>
        <source>A&amp;ll or none</source>
        <translation>全选或全不选(&amp;L)</translation>
    </message>
    <message>
        <source>Lines of the plan</source>
        <translation>方案明细</translation>
    </message>
    <message>
        <source>No ticket waits for somebody to lead it.</source>
        <translation>没有待派的工单。</translation>
    </message>
    <message>
        <source>Accept %1</source>
        <translation>采纳 %1 条</translation>
    </message>
    <message>
        <source>sending, %1 to go</source>
        <translation>正在派出，还剩 %1 条</translation>
    </message>
    <message>
        <source>planning …</source>
        <translation>正在计算 …</translation>
    </message>
    <message>
        <source>%1 sent, %2 refused</source>
        <translation>已派出 %1 条，%2 条被拒</translation>
    </message>
    <message>
        <source>%1 sent</source>
        <translation>已派出 %1 条</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已派出</translation>
    </message>
    <message>
        <source>%1 sent to %2</source>
        <translation>%1 已派往 %2</translation>
    </message>
</context>
<context>
    <name>AreaTints</name>
    <message><source>the history doesn't reach back far enough to compare</source><translation>历史数据不够长，无法比较</translation></message>
    <message><source>events/km²/day, drawn towards the mean where an area says little</source><translation>起/平方公里/天，样本少的区域向均值收缩</translation></message>
    <message><source>events/km²/day</source><translation>起/平方公里/天</translation></message>
    <message><source>hot: more than chance</source><translation>热点：多于偶然</translation></message>
    <message><source>cold: less than chance</source><translation>冷点：少于偶然</translation></message>
    <message><source>Getis-Ord Gi*, neighbours within %1, one in twenty may be false</source><translation>Getis-Ord Gi*，%1 内为邻，每二十个可能有一个误判</translation></message>
    <message><source>at least twice as many</source><translation>至少翻倍</translation></message>
    <message><source>more</source><translation>增多</translation></message>
    <message><source>fewer</source><translation>减少</translation></message>
    <message><source>at most half</source><translation>至多一半</translation></message>
    <message><source>against the %1 days before; only what is hardly chance</source><translation>与之前 %1 天相比；只显示不大可能出于偶然的变化</translation></message>
    <message><source>%1 in %2 days</source><translation>%2 天 %1 起</translation></message>
    <message><source>%1/km²/day</source><translation>%1 起/平方公里/天</translation></message>
    <message><source>hot (z %1)</source><translation>热点 (z %1)</translation></message>
    <message><source>cold (z %1)</source><translation>冷点 (z %1)</translation></message>
    <message><source>%1 before</source><translation>之前 %1 起</translation></message>
</context>
<context>
    <name>TicketMarks</name>
    <message>
        <source>, %1</source>
        <translation>，%1</translation>
    </message>
    <message>
        <source>rural</source>
        <translation>农村</translation>
    </message>
    <message>
        <source>suburb</source>
        <translation>郊区</translation>
    </message>
    <message>
        <source>city</source>
        <translation>城区</translation>
    </message>
    <message>
        <source>answers missing</source>
        <translation>反馈不全</translation>
    </message>
    <message>
        <source>to inspect</source>
        <translation>待复查</translation>
    </message>
    <message>
        <source>hazard</source>
        <translation>隐患</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>%1 起</translation>
    </message>
    <message>
        <source>hazard: rectify by %1</source>
        <translation>隐患：限 %1 前整改</translation>
    </message>
    <message>
        <source>hazard: %1 said it is rectified, to be inspected by somebody else</source>
        <translation>隐患：%1 上报已整改，须由他人复查</translation>
    </message>
    <message>
        <source>hazard: %1 said it is rectified, somebody else inspects by %2</source>
        <translation>隐患：%1 上报已整改，须由他人于 %2 前复查</translation>
    </message>
    <message>
        <source>hazard: inspection passed %1</source>
        <translation>隐患：复查通过 %1</translation>
    </message>
    <message>
        <source>round %1</source>
        <translation>第 %1 轮</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>begins %1</source>
        <translation>%1 开始</translation>
    </message>
    <message>
        <source>reserved: %1</source>
        <translation>已预留：%1</translation>
    </message>
    <message>
        <source>still to be answered: %1</source>
        <translation>还须反馈：%1</translation>
    </message>
    <message>
        <source>everything is answered</source>
        <translation>反馈已齐</translation>
    </message>
    <message>
        <source>to be reviewed by a second person</source>
        <translation>须由第二人复核</translation>
    </message>
    <message>
        <source>to be reviewed by somebody else than %1</source>
        <translation>须由 %1 以外的人复核</translation>
    </message>
    <message>
        <source>sweep %1</source>
        <translation>联合行动 %1</translation>
    </message>
</context>
<context>
    <name>PeopleModel</name>
    <message>
        <source>answered</source>
        <translation>已应答</translation>
    </message>
    <message>
        <source>planned break</source>
        <translation>计划休息</translation>
    </message>
    <message>
        <source>back %1</source>
        <translation>%1 归队</translation>
    </message>
    <message>
        <source>comes next</source>
        <translation>待接班</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>%1 起</translation>
    </message>
    <message>
        <source>hazard</source>
        <translation>隐患</translation>
    </message>
    <message>
        <source>to inspect</source>
        <translation>待复查</translation>
    </message>
    <message>
        <source>answers missing</source>
        <translation>反馈不全</translation>
    </message>
    <message>
        <source>city</source>
        <translation>城区</translation>
    </message>
    <message>
        <source>suburb</source>
        <translation>郊区</translation>
    </message>
    <message>
        <source>rural</source>
        <translation>农村</translation>
    </message>
    <message>
        <source>, %1</source>
        <translation>，%1</translation>
    </message>
    <message>
        <source>answered late</source>
        <translation>迟到应答</translation>
    </message>
    <message>
        <source>no answer yet</source>
        <translation>尚未应答</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>未应答</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>力量</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Desk, team</source>
        <translation>席位、班组</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Till</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
</context>
<context>
    <name>PeoplePanel</name>
    <message>
        <source>Who is on · %1 · %2 · %3 on, %4 of them on break, %5 out of service</source>
        <translation>在班情况 · %1 · %2 · 在班 %3，其中休息 %4，停用 %5</translation>
    </message>
    <message>
        <source>whole city</source>
        <translation>全市</translation>
    </message>
    <message>
        <source>Who is on</source>
        <translation>在班情况</translation>
    </message>
    <message>
        <source>Enter: on the map · Esc: leave</source>
        <translation>回车：在地图上显示 · Esc：离开</translation>
    </message>
    <message>
        <source>role, team, desk or name</source>
        <translation>角色、班组、席位或姓名</translation>
    </message>
    <message>
        <source>Only those in whose row these words stand</source>
        <translation>只显示含有这些词的行</translation>
    </message>
    <message>
        <source>Units of the roster</source>
        <translation>值班表中的力量</translation>
    </message>
    <message>
        <source>Nobody. The roster comes from the columns shifts, team and breaks of [units].</source>
        <translation>没有人。值班表来自 [units] 的 shifts、team、breaks 列。</translation>
    </message>
    <message>
        <source>Roll call %1 · %2 · %3 of %4 answered</source>
        <translation>点名 %1 · %2 · 已应答 %3/%4</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>till %1</source>
        <translation>截止 %1</translation>
    </message>
</context>
<context>
    <name>LeaderPage</name>
    <message>
        <source>and %1 from before</source>
        <translation>另有上期 %1</translation>
    </message>
    <message>
        <source>before %1</source>
        <translation>上期 %1</translation>
    </message>
    <message>
        <source>%1 · before %2</source>
        <translation>%1 · 上期 %2</translation>
    </message>
    <message>
        <source>No ticket was opened in this period.</source>
        <translation>本时段没有受理工单。</translation>
    </message>
    <message>
        <source>Figures by group</source>
        <translation>分组指标</translation>
    </message>
    <message>
        <source>By class</source>
        <translation>按大类</translation>
    </message>
    <message>
        <source>By category</source>
        <translation>按类别</translation>
    </message>
    <message>
        <source>By desk</source>
        <translation>按席位</translation>
    </message>
    <message>
        <source>By station</source>
        <translation>按派出所</translation>
    </message>
    <message>
        <source>By level of desk</source>
        <translation>按席位层级</translation>
    </message>
    <message>
        <source>median %1</source>
        <translation>%1中位时长</translation>
    </message>
    <message>
        <source>closed on time</source>
        <translation>按时办结率</translation>
    </message>
    <message>
        <source>Map · Esc</source>
        <translation>地图 · Esc</translation>
    </message>
    <message>
        <source>Another period</source>
        <translation>其他时段</translation>
    </message>
    <message>
        <source>2026-11-22, 48h, FROM TO</source>
        <translation>2026-11-22、48h、起 止</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 小时</translation>
    </message>
    <message>
        <source>This shift</source>
        <translation>本班</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>%1 at %2 h</source>
        <translation>%2 时%1</translation>
    </message>
    <message>
        <source>no ticket behind it: %1</source>
        <translation>没有对应工单：%1</translation>
    </message>
    <message>
        <source>clock set back</source>
        <translation>时钟回拨</translation>
    </message>
    <message>
        <source>escalated</source>
        <translation>督办</translation>
    </message>
    <message>
        <source>reopened</source>
        <translation>重开</translation>
    </message>
    <message>
        <source>transferred</source>
        <translation>移交</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>merged</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>closed late</source>
        <translation>超时办结</translation>
    </message>
    <message>
        <source>on time</source>
        <translation>按时办结</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>open</source>
        <translation>在办</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>办结</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>受理</translation>
    </message>
    <message>
        <source>▲ %1 intervals left out: a clock was set back</source>
        <translation>▲ %1 个时长未计：其间时钟被回拨</translation>
    </message>
    <message>
        <source>by median turn-out, of those with at least %1</source>
        <translation>按到场时长中位数，到场不少于 %1 次</translation>
    </message>
    <message>
        <source>◷ Slowest to arrive: %1</source>
        <translation>◷ 到场最慢：%1</translation>
    </message>
    <message>
        <source>no group has %1 turn-outs yet</source>
        <translation>尚无到场满 %1 次的单位</translation>
    </message>
    <message>
        <source>category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>desk</source>
        <translation>席位</translation>
    </message>
    <message>
        <source>station</source>
        <translation>派出所</translation>
    </message>
    <message>
        <source>%1 %2, median %3 of %4</source>
        <translation>%1 %2，中位 %3（%4 次）</translation>
    </message>
    <message>
        <source>Leader's board</source>
        <translation>领导看板</translation>
    </message>
    <message>
        <source>Leader's board · %1 · %2 – %3</source>
        <translation>领导看板 · %1 · %2 – %3</translation>
    </message>
    <message>
        <source>whole city</source>
        <translation>全市</translation>
    </message>
    <message>
        <source>Who is on · %1 · %2 · %3 on, %4 of them on break, %5 out of service</source>
        <translation>在班情况 · %1 · %2 · 在班 %3，其中休息 %4，停用 %5</translation>
    </message>
</context>
<context>
    <name>SheetPanel</name>
    <message>
        <source>&amp;PDF</source>
        <translation>&amp;PDF</translation>
    </message>
    <message>
        <source>Hand-over sheet</source>
        <translation>交接班单</translation>
    </message>
    <message>
        <source>P: write as PDF · Esc: leave</source>
        <translation>P：写成 PDF · Esc：离开</translation>
    </message>
    <message>
        <source>making the sheet …</source>
        <translation>正在生成交接班单……</translation>
    </message>
    <message>
        <source>Hand-over sheet as it was then</source>
        <translation>当时的交接班单</translation>
    </message>
    <message>
        <source>%1 handed over</source>
        <translation>%1 已交班</translation>
    </message>
    <message>
        <source>Handed over: the next one says takeover</source>
        <translation>已交班：接班人请输入 takeover</translation>
    </message>
    <message>
        <source>Not handed over</source>
        <translation>未能交班</translation>
    </message>
    <message>
        <source>written to %1</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>%1 %2, median %3 of %4</source>
        <translation>%1 %2，中位 %3（%4 次）</translation>
    </message>
    <message>
        <source>station</source>
        <translation>派出所</translation>
    </message>
    <message>
        <source>desk</source>
        <translation>席位</translation>
    </message>
    <message>
        <source>category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>no group has %1 turn-outs yet</source>
        <translation>尚无到场满 %1 次的单位</translation>
    </message>
    <message>
        <source>◷ Slowest to arrive: %1</source>
        <translation>◷ 到场最慢：%1</translation>
    </message>
    <message>
        <source>by median turn-out, of those with at least %1</source>
        <translation>按到场时长中位数，到场不少于 %1 次</translation>
    </message>
    <message>
        <source>▲ %1 intervals left out: a clock was set back</source>
        <translation>▲ %1 个时长未计：其间时钟被回拨</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>受理</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>办结</translation>
    </message>
    <message>
        <source>open</source>
        <translation>在办</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>on time</source>
        <translation>按时办结</translation>
    </message>
    <message>
        <source>closed late</source>
        <translation>超时办结</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>merged</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>transferred</source>
        <translation>移交</translation>
    </message>
    <message>
        <source>reopened</source>
        <translation>重开</translation>
    </message>
    <message>
        <source>escalated</source>
        <translation>督办</translation>
    </message>
    <message>
        <source>clock set back</source>
        <translation>时钟回拨</translation>
    </message>
    <message>
        <source>no ticket behind it: %1</source>
        <translation>没有对应工单：%1</translation>
    </message>
    <message>
        <source>%1 at %2 h</source>
        <translation>%2 时%1</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>This shift</source>
        <translation>本班</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 小时</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>2026-11-22, 48h, FROM TO</source>
        <translation>2026-11-22、48h、起 止</translation>
    </message>
    <message>
        <source>Another period</source>
        <translation>其他时段</translation>
    </message>
    <message>
        <source>Map · Esc</source>
        <translation>地图 · Esc</translation>
    </message>
    <message>
        <source>closed on time</source>
        <translation>按时办结率</translation>
    </message>
    <message>
        <source>median %1</source>
        <translation>%1中位时长</translation>
    </message>
    <message>
        <source>By level of desk</source>
        <translation>按席位层级</translation>
    </message>
    <message>
        <source>By station</source>
        <translation>按派出所</translation>
    </message>
    <message>
        <source>By desk</source>
        <translation>按席位</translation>
    </message>
    <message>
        <source>By category</source>
        <translation>按类别</translation>
    </message>
    <message>
        <source>By class</source>
        <translation>按大类</translation>
    </message>
    <message>
        <source>Figures by group</source>
        <translation>分组指标</translation>
    </message>
    <message>
        <source>No ticket was opened in this period.</source>
        <translation>本时段没有受理工单。</translation>
    </message>
    <message>
        <source>%1 · before %2</source>
        <translation>%1 · 上期 %2</translation>
    </message>
    <message>
        <source>before %1</source>
        <translation>上期 %1</translation>
    </message>
    <message>
        <source>and %1 from before</source>
        <translation>另有上期 %1</translation>
    </message>
</context>
<context>
    <name>LeaderTableModel</name>
    <message>
        <source>other desks</source>
        <translation>其他席位</translation>
    </message>
    <message>
        <source>no station</source>
        <translation>无派出所</translation>
    </message>
    <message>
        <source>no desk</source>
        <translation>无席位</translation>
    </message>
    <message>
        <source>class %1</source>
        <translation>大类 %1</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 时</translation>
    </message>
    <message>
        <source>slowest by median turn-out, of those with at least %1</source>
        <translation>按到场时长中位数最慢，到场不少于 %1 次</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>受理</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>在办</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>On time</source>
        <translation>按时</translation>
    </message>
    <message>
        <source>Sign-for</source>
        <translation>签收</translation>
    </message>
    <message>
        <source>Turn-out</source>
        <translation>到场</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
</context>
<context>
    <name>IntervalChart</name>
    <message>
        <source>sign-for</source>
        <translation>签收</translation>
    </message>
    <message>
        <source>turn-out</source>
        <translation>到场</translation>
    </message>
    <message>
        <source>feedback</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>How long it took</source>
        <translation>用时分布</translation>
    </message>
    <message>
        <source>%1, %2: %3 of %4</source>
        <translation>%1，%2：%4 中的 %3</translation>
    </message>
    <message>
        <source>%1 · median %2</source>
        <translation>%1 · 中位 %2</translation>
    </message>
    <message>
        <source>%1 · nobody got so far</source>
        <translation>%1 · 尚无</translation>
    </message>
    <message>
        <source>0-30 s</source>
        <translation>0-30 秒</translation>
    </message>
    <message>
        <source>30-60 s</source>
        <translation>30-60 秒</translation>
    </message>
    <message>
        <source>60-120 s</source>
        <translation>60-120 秒</translation>
    </message>
    <message>
        <source>120-180 s</source>
        <translation>120-180 秒</translation>
    </message>
    <message>
        <source>&gt;180 s</source>
        <translation>&gt;180 秒</translation>
    </message>
    <message>
        <source>0-5 min</source>
        <translation>0-5 分</translation>
    </message>
    <message>
        <source>5-10 min</source>
        <translation>5-10 分</translation>
    </message>
    <message>
        <source>10-15 min</source>
        <translation>10-15 分</translation>
    </message>
    <message>
        <source>15-30 min</source>
        <translation>15-30 分</translation>
    </message>
    <message>
        <source>&gt;30 min</source>
        <translation>&gt;30 分</translation>
    </message>
    <message>
        <source>0-30 min</source>
        <translation>0-30 分</translation>
    </message>
    <message>
        <source>30-60 min</source>
        <translation>30-60 分</translation>
    </message>
    <message>
        <source>1-2 h</source>
        <translation>1-2 时</translation>
    </message>
    <message>
        <source>2-4 h</source>
        <translation>2-4 时</translation>
    </message>
    <message>
        <source>&gt;4 h</source>
        <translation>&gt;4 时</translation>
    </message>
</context>
<context>
    <name>HourChart</name>
    <message>
        <source>By hour of the day</source>
        <translation>按时点分布</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>受理</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>办结</translation>
    </message>
    <message>
        <source>%1-%2 h: %3 opened, %4 closed</source>
        <translation>%1-%2 时：受理 %3，办结 %4</translation>
    </message>
</context>
<context>
    <name>PatrolPanel</name>
    <message>
        <source>Patrols</source>
        <translation>巡逻</translation>
    </message>
    <message>
        <source>Space: in or out · Enter: accept · Esc: leave</source>
        <translation>空格：取舍 · Enter：采纳 · Esc：离开</translation>
    </message>
    <message>
        <source>Propose anew</source>
        <translation>重新提出</translation>
    </message>
    <message>
        <source>A&amp;ll or none</source>
        <translation>全选或全不选(&amp;L)</translation>
    </message>
    <message>
        <source>Patrols, those that go on first</source>
        <translation>巡逻，进行中的在前</translation>
    </message>
    <message>
        <source>Accept %1</source>
        <translation>采纳 %1</translation>
    </message>
    <message>
        <source>planning …</source>
        <translation>编排中…</translation>
    </message>
    <message>
        <source>%1 min unknown · longest gap %2 min · anybody: %3 visits, %4 min</source>
        <translation>未知 %1 分 · 最长空档 %2 分 · 所有力量：%3 次，%4 分</translation>
    </message>
    <message>
        <source>has not begun</source>
        <translation>尚未开始</translation>
    </message>
    <message>
        <source>No unit is free to patrol, or nothing is left without one.</source>
        <translation>没有可巡逻的空闲力量，或各处均已安排。</translation>
    </message>
    <message>
        <source>%1 patrols · %2 proposed · %3 areas without one</source>
        <translation>巡逻 %1 条 · 建议 %2 条 · 未安排区域 %3 个</translation>
    </message>
    <message>
        <source>%1 sent, %2 refused</source>
        <translation>已下达 %1，被拒 %2</translation>
    </message>
    <message>
        <source>%1 sent</source>
        <translation>已下达 %1</translation>
    </message>
</context>
<context>
    <name>PatrolModel</name>
    <message>
        <source>Why, and what the tracks say</source>
        <translation>理由与轨迹核查</translation>
    </message>
    <message>
        <source>Presence</source>
        <translation>在场</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>到访</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>力量</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>tier %1</source>
        <translation>%1 级</translation>
    </message>
    <message>
        <source>tier %1 · %2</source>
        <translation>%1 级 · %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2 次</translation>
    </message>
    <message>
        <source>wants %1</source>
        <translation>应巡 %1 次</translation>
    </message>
    <message>
        <source>%1 of %2 min</source>
        <translation>%1 / %2 分</translation>
    </message>
    <message>
        <source>wants %1 min</source>
        <translation>应巡 %1 分</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>等级</translation>
    </message>
</context>
<context>
    <name>RoadWords</name>
    <message>
        <source>slow, %1 % of its speed</source>
        <translation>限速，为平时的 %1 %</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>封闭</translation>
    </message>
    <message>
        <source>until it is opened</source>
        <translation>直到恢复通行</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>至 %1</translation>
    </message>
    <message>
        <source>for who drives</source>
        <translation>限车辆</translation>
    </message>
    <message>
        <source>for who walks</source>
        <translation>限步行</translation>
    </message>
    <message>
        <source>its time is over, the road counts as open again: %1</source>
        <translation>到期，道路已按恢复通行计算：%1</translation>
    </message>
</context>
<context>
    <name>RoadStrip</name>
    <message>
        <source>The places are the border of an area: every road in it and across it</source>
        <translation>所点位置为区域边界：其内及穿过它的全部道路</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>力量</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>到访</translation>
    </message>
    <message>
        <source>Presence</source>
        <translation>在场</translation>
    </message>
    <message>
        <source>Why, and what the tracks say</source>
        <translation>理由与轨迹核查</translation>
    </message>
    <message>
        <source>Close a road</source>
        <translation>封闭道路</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>封闭</translation>
    </message>
    <message>
        <source> % speed</source>
        <translation> % 车速</translation>
    </message>
    <message>
        <source>Share of the usual speed</source>
        <translation>平时车速的比例</translation>
    </message>
    <message>
        <source>until HH:MM</source>
        <translation>至 时:分</translation>
    </message>
    <message>
        <source>When it ends by itself</source>
        <translation>何时自动结束</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Click along or across the road, or one place of it. Enter goes on, Esc leaves</source>
        <translation>沿道路或横穿道路点选，也可只点一处。Enter 继续，Esc 离开</translation>
    </message>
    <message>
        <source>%1 sections, %2</source>
        <translation>%1 段，%2</translation>
    </message>
    <message>
        <source>Slow it down</source>
        <translation>限速</translation>
    </message>
    <message>
        <source>Close it</source>
        <translation>封闭</translation>
    </message>
</context>
</TS>
