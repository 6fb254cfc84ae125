"""The name of an agency taken apart, the field it serves, and lists whose names share their parts."""

import random
from pathlib import Path

import pytest

import lanxikit.annotating.duty_lines as duty_lines
from lanxikit.annotating.agencies import agency_fields, agency_words, read_name
from lanxikit.annotating.agency_ground import ground, sites_in, usual_name
from lanxikit.annotating.agency_items import items
from lanxikit.annotating.duty_roles import chunks, duty_words, heading_roles
from lanxikit.annotating.duty_sentences import read_sentences
from lanxikit.gazetteer import lookup
from lanxikit.text.fold import fold

JOINT = ("青海省、甘肃省", "630000、620000")
HAIDONG = ("海东市", "630200")
LINXIA = ("临夏回族自治州", "622900")
PINGAN = ("平安区", "630203")
GANSU = ("甘肃省", "620000")


def agencies(line, region=HAIDONG, sources=()):
    duties = duty_lines.read_lines([("责任单位", fold(line))], ground(*region), sources)
    return [duty.agency.name for duty in duties]


def roles(line, label="责任单位", region=HAIDONG):
    return [(duty.role, duty.agency.name) for duty in duty_lines.read_lines([(label, fold(line))], ground(*region))]


@pytest.mark.parametrize(
    ("name", "place", "rest"),
    [
        ("兰州市政府", "兰州市", "政府"),
        ("兰州海关", "兰州", "海关"),
        ("市市场监管局", "市", "市场监管局"),
        ("市场监管局", "", "市场监管局"),
        ("临夏州市场监管局", "临夏州", "市场监管局"),
        ("两省市场监管局", "两省", "市场监管局"),
        ("乡村振兴局", "", "乡村振兴局"),
        ("城市管理局", "", "城市管理局"),
        ("海东市平安区教育局", "海东市平安区", "教育局"),
        ("积石山保安族东乡族撒拉族自治县人民政府", "积石山保安族东乡族撒拉族自治县", "人民政府"),
        ("各县(市、区)人民政府", "各县(市、区)", "人民政府"),
        ("有关市州政府", "有关市州", "政府"),
        ("省(政府)外事办", "省", "(政府)外事办"),
        ("兰州新区管委会", "兰州", "新区管委会"),
        ("和政县政府", "和政县", "政府"),
        ("市中区政府", "市中区", "政府"),
        ("团市委", "", ""),
    ],
)
def test_a_name_is_cut_behind_its_place(name, place, rest):
    parts = read_name(name)
    assert (parts.place.text, parts.core + parts.suffix) == (place, rest)


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("生态环境", "省生态环境厅 州生态环境局 区生态环境部门 县环保局 兰州市环境保护局"),
        ("林草", "省林业厅 省林草局 市林业和草原局"),
        ("农业农村", "省农牧厅 甘肃省农业农村厅 海东市农业部门 区农业农村和科技局"),
        ("发展改革", "国家发展改革委 省发展改革委 州发改委 区发展和改革局 海东市发改部门"),
        ("工业和信息化", "省工业和信息化厅 市工业信息化局 州工信局 省经信委 区工业商务和信息化局"),
        ("文化旅游", "省文化和旅游厅 市文体旅游广电局 州文旅局 县旅游局"),
        ("卫生健康", "省卫生健康委 州卫健委 县卫计局 海东市第一人民医院"),
        ("水利", "两省水利厅 区水务局"),
        ("自然资源", "市自然资源规划局 州自然资源 县国土资源局 区自然资源和林业草原局"),
        ("政府", "兰州市政府 各县区政府 有关市州政府 小峡街道 州政府办公室 各县区"),
        ("园区", "海东工业园区管委会 兰州新区管委会 临夏经济开发区 园区管委会"),
        ("能源", "两省能源局 国网青海省电力公司 国网海东供电公司"),
        ("通信", "省通信管理局 中国移动海东分公司"),
        ("税务", "国家税务总局青海省税务局 区税务局"),
        ("外事", "青海省(政府)外事办"),
        ("民族宗教", "甘肃省民(宗)委"),
        ("党委", "州委 市委办公室"),
        ("教育", "省人民政府教育部门 县级以上人民政府教育部门 海东市人民政府教育局"),
        ("住房城乡建设", "县级以上人民政府建设主管部门"),
        ("民政", "市民政局 各级人民政府民政部门"),
        ("国资", "市政府国资委 省人民政府国有资产监督管理委员会"),
        ("群团", "团市委 市妇联"),
    ],
)
def test_an_agency_serves_the_same_field_at_every_level_and_under_every_name(field, names):
    assert {name: agency_fields(name)[0] for name in names.split()} == dict.fromkeys(names.split(), field)


def names_of_the_file():
    for line in Path(__file__).with_name("agency_names.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            field, names = line.split("\t")
            yield from ((field, name) for name in names.split())


def test_the_field_of_hundreds_of_agencies_is_known_or_left_open():
    names = list(names_of_the_file())
    wrong = {
        name: agency_fields(fold(name))[:1]
        for field, name in names
        if agency_fields(fold(name))[:1] != (() if field == "-" else (field,))
    }
    known = sum(field != "-" for field, _ in names)
    print(f"{len(names)} names, {known} with a field, {len(wrong)} wrong")
    assert len(names) >= 600 and not wrong


@pytest.mark.parametrize(
    ("former", "present"),
    [
        ("省林业厅", "省林草局"),
        ("省农牧厅", "省农业农村厅"),
        ("市农业局", "市农业农村局"),
        ("省国土资源厅", "省自然资源厅"),
        ("市规划局", "市自然资源和规划局"),
        ("市环保局", "市生态环境局"),
        ("省文化厅", "省文化和旅游厅"),
        ("市文广新局", "市文旅局"),
        ("县旅游局", "县文化和旅游局"),
        ("市卫计委", "市卫生健康委"),
        ("省工商局", "省市场监管局"),
        ("省质监局", "省市场监管局"),
        ("县食药监局", "县市场监管局"),
        ("省安监局", "省应急厅"),
        ("县扶贫办", "县乡村振兴局"),
        ("省金融办", "省委金融办"),
        ("省银监局", "国家金融监督管理总局青海监管局"),
        ("市国税局", "市税务局"),
        ("市大数据局", "市数据局"),
        ("省政务服务数据管理局", "省数据局"),
        ("市法制办", "市司法局"),
        ("市人防办", "市国防动员办公室"),
        ("人民银行兰州中心支行", "人民银行甘肃省分行"),
    ],
)
def test_reforms_leave_the_field_as_it_was(former, present):
    assert agency_fields(former)[0] == agency_fields(present)[0]


def test_an_agency_of_several_fields_names_them_in_order():
    assert agency_fields("区自然资源和林业草原局") == ("自然资源", "林草")
    assert agency_fields("市文体旅游广电局") == ("文化旅游", "体育", "广播电视")
    assert agency_fields("有关部门") == ()


def test_every_field_of_the_lists_can_be_reached():
    words = agency_words()
    assert all(agency_fields(stem) for stem in words.fields)


@pytest.mark.parametrize(
    ("line", "region", "expected"),
    [
        ("兰州市、西宁市政府", JOINT, "兰州市政府 西宁市政府"),
        ("临夏市、临夏县、东乡县政府", LINXIA, "临夏市政府 临夏县政府 东乡县政府"),
        ("两省水利厅、省生态环境厅", JOINT, "青海省水利厅 甘肃省水利厅 青海省生态环境厅 甘肃省生态环境厅"),
        ("甘肃省交通运输厅、省科技厅", JOINT, "甘肃省交通运输厅 甘肃省科技厅"),
        (
            "两省工业和信息化厅，兰州海关、西宁海关",
            JOINT,
            "青海省工业和信息化厅 甘肃省工业和信息化厅 兰州海关 西宁海关",
        ),
        ("国家税务总局青海省、甘肃省税务局", JOINT, "国家税务总局青海省税务局 国家税务总局甘肃省税务局"),
        ("国网青海省、甘肃省电力公司", JOINT, "国网青海省电力公司 国网甘肃省电力公司"),
        ("甘肃、青海两省发展改革委、水利厅", JOINT, "甘肃省发展改革委 青海省发展改革委 甘肃省水利厅 青海省水利厅"),
        (
            "海东市、临夏州生态环境、水务部门",
            HAIDONG,
            "海东市生态环境部门 海东市水务部门 临夏州生态环境部门 临夏州水务部门",
        ),
        (
            "海东市、兰州市发改、水务部门，相关县区政府",
            HAIDONG,
            "海东市发改部门 海东市水务部门 兰州市发改部门 兰州市水务部门 相关县区政府",
        ),
        ("州水务局、生态环境局", LINXIA, "州水务局 州生态环境局"),
        ("州水务局、州自然资源、州林草局，各县市政府", LINXIA, "州水务局 州自然资源局 州林草局 各县市政府"),
        ("省发展改革委、教育厅、科技厅，各市（州）人民政府", GANSU, "省发展改革委 省教育厅 省科技厅 各市(州)人民政府"),
        ("化隆县、循化县政府 及园区管委会", HAIDONG, "化隆县政府 循化县政府 园区管委会"),
        ("海东工业园区管委会，各县区政府及园区管委会", HAIDONG, "海东工业园区管委会 各县区政府 园区管委会"),
        ("化隆、循化县政府", HAIDONG, "化隆县政府 循化县政府"),
        ("兰州新区、白银高新区管委会", JOINT, "兰州新区管委会 白银高新区管委会"),
        ("各市、州人民政府", GANSU, "各市人民政府 各州人民政府"),
        ("各县（区）党委、政府", HAIDONG, "各县(区)党委 各县(区)政府"),
        ("各县区、市发展改革委、市直有关部门", HAIDONG, "各县区 市发展改革委 市直有关部门"),
        ("西宁市发改委、市财政局", HAIDONG, "西宁市发改委 西宁市财政局"),
        ("西宁市政府、市财政局", HAIDONG, "西宁市政府 市财政局"),
        ("市发展改革委、兰州市发改委、市财政局", HAIDONG, "市发展改革委 兰州市发改委 市财政局"),
        ("发展改革、财政等部门", HAIDONG, "发展改革部门 财政部门"),
        ("市教育局、公安局、团市委", HAIDONG, "市教育局 市公安局 团市委"),
        ("区农业农村和科技局、区水务局和区教育局", PINGAN, "区农业农村和科技局 区水务局 区教育局"),
        ("民和县政府、红古区政府，两县区教育局", HAIDONG, "民和县政府 红古区政府 民和县教育局 红古区教育局"),
        ("州生 态环境局、州住 建局", LINXIA, "州生态环境局 州住建局"),
        ("市发展改革委（市能源局）、省民（宗）委", HAIDONG, "市发展改革委 省民(宗)委"),
        ("和政县、广河县政府", LINXIA, "和政县政府 广河县政府"),
        ("平安区、海东市生态环境局", HAIDONG, "平安区生态环境局 海东市生态环境局"),
        ("市财政局）、市水务局", HAIDONG, "市财政局 市水务局"),
        ("市财政局（、（市水务局】", HAIDONG, "市财政局 市水务局"),
        ("市林草局 市水务局", HAIDONG, "市林草局 市水务局"),
        ("市林草局　市水务局\n各县区政府", HAIDONG, "市林草局 市水务局 各县区政府"),
        ("州委 办公室、兰州新区 管委会、市发展改革委 （市能源局）", LINXIA, "州委办公室 兰州新区管委会 市发展改革委"),
        ("1.市水务局 2.市财政局", HAIDONG, "市水务局 市财政局"),
        ("1．市水务局2．市财政局", HAIDONG, "市水务局 市财政局"),
        ("①市水务局②市财政局", HAIDONG, "市水务局 市财政局"),
        ("（1）市水务局（2）市财政局", HAIDONG, "市水务局 市财政局"),
        ("一、市水务局 二、市财政局", HAIDONG, "市水务局 市财政局"),
        ("12345热线办公室、市水务局等5个部门", HAIDONG, "12345热线办公室 市水务局"),
        ("具体工作由市水务局、市财政局负责", HAIDONG, "市水务局 市财政局"),
    ],
)
def test_names_of_a_list_are_completed(line, region, expected):
    assert agencies(line, region) == expected.split()


def test_a_number_of_places_is_resolved_only_where_the_document_names_so_many():
    title = [lambda: sites_in("海东市与兰州市、临夏州共同推进兰西城市群建设", ground(*HAIDONG))]
    assert agencies("三市州水务部门", sources=title) == ["海东市水务部门", "兰州市水务部门", "临夏州水务部门"]
    assert agencies("四市州水务部门", sources=title) == ["四市州水务部门"]
    assert agencies("两市水务部门") == ["两市水务部门"]


def test_a_joint_document_means_each_of_its_provinces_by_省():
    assert agencies("省商务厅", JOINT) == ["青海省商务厅", "甘肃省商务厅"]
    assert agencies("省商务厅", GANSU) == ["省商务厅"]


def test_remarks_and_persons_are_no_agencies():
    assert agencies("张三、市财政局*、加强统筹协调") == ["市财政局"]


def test_roles_follow_the_words_of_the_line():
    assert roles("市发展改革委牵头，市财政局等部门按职责分工负责") == [
        ("lead", "市发展改革委"),
        ("responsible", "市财政局"),
    ]
    assert roles("市发展改革委牵头，市财政局参与", "牵头单位") == [("lead", "市发展改革委"), ("support", "市财政局")]
    assert roles("市发展改革委、市财政局") == [("responsible", "市发展改革委"), ("responsible", "市财政局")]
    assert roles("市发展改革委会同市财政局负责") == [("lead", "市发展改革委"), ("support", "市财政局")]
    assert roles("市发展改革委（牵头）、市财政局、市教育局（配合）") == [
        ("lead", "市发展改革委"),
        ("responsible", "市财政局"),
        ("support", "市教育局"),
    ]


def test_labels_within_the_line_change_the_role():
    line = "牵头单位：市工信局；责任单位：市发改委、财政局；责任人：张三"
    assert roles(line, "") == [("lead", "市工信局"), ("responsible", "市发改委"), ("responsible", "市财政局")]


@pytest.mark.parametrize(
    ("label", "line", "expected"),
    [
        ("牵头单位", "市水务局 责任单位：乐都区人民政府", "lead 市水务局 responsible 乐都区人民政府"),
        ("责任部门", "市水务局 配合部门：市财政局", "responsible 市水务局 support 市财政局"),
        ("主办单位", "市水务局  协办单位：市财政局", "lead 市水务局 support 市财政局"),
        ("", "牵头单位：市水务局配合单位：市财政局责任人：张三", "lead 市水务局 support 市财政局"),
        ("", "责任领导：张三；牵头单位：市水务局", "lead 市水务局"),
        ("责任领导", "张三；牵头单位：市水务局", "lead 市水务局"),
        ("责任领导", "张建设", ""),
        ("", "牵头单位市水务局，配合单位市财政局", "lead 市水务局 support 市财政局"),
        ("", "牵头：市水务局；配合：市财政局", "lead 市水务局 support 市财政局"),
        ("", "【牵头单位】市水务局【配合单位】市财政局", "lead 市水务局 support 市财政局"),
        ("", "市水务局［牵头单位］、市财政局［配合单位］", "lead 市水务局 support 市财政局"),
        ("", "市水务局为牵头单位，海东市为配合单位", "lead 市水务局 support 海东市"),
        ("", "市水务局（牵头、市财政局", "lead 市水务局 responsible 市财政局"),
    ],
)
def test_every_label_gives_its_own_role(label, line, expected):
    assert " ".join(word for pair in roles(line, label) for word in pair) == expected


@pytest.mark.parametrize(
    ("label", "line"),
    [
        ("责任单位", "市水务局、市财政局，列第一位者为牵头单位"),
        ("责任单位", "市水务局、市财政局（排名第一的为牵头单位，下同）"),
        ("责任单位", "（列首位的单位为牵头单位）市水务局、市财政局"),
        ("责任单位", "市水务局、市财政局（排名首位的单位牵头）"),
        ("责任单位（列第一位者为牵头单位，下同）", "市水务局、市财政局"),
        ("责任单位（每项任务第一个单位为牵头单位）", "1.市水务局 2.市财政局"),
    ],
)
def test_a_rule_about_the_order_makes_the_first_agency_lead(label, line):
    assert roles(line, label) == [("lead", "市水务局"), ("responsible", "市财政局")]


def test_a_rule_about_the_order_may_tell_the_role_of_the_others():
    line = "市水务局、市财政局（列首位的为牵头单位，其余为配合单位，下同）"
    assert roles(line) == [("lead", "市水务局"), ("support", "市财政局")]


def test_a_rule_about_the_order_leaves_roles_that_are_said_alone():
    line = "市水务局、市财政局牵头，市教育局配合，列第一位者为牵头单位"
    assert roles(line) == [("lead", "市水务局"), ("lead", "市财政局"), ("support", "市教育局")]
    assert roles("市水务局（排名第一的为牵头单位）", "配合单位") == [("support", "市水务局")]


def test_remarks_on_the_list_are_no_agencies():
    assert agencies("市水务局、市财政局，下同") == ["市水务局", "市财政局"]
    assert agencies("市水务局*、市财政局，带*号的为牵头单位") == ["市水务局", "市财政局"]
    assert agencies("市第一人民医院牵头，市第一中学为配合单位") == ["市第一人民医院", "市第一中学"]


@pytest.mark.parametrize(
    ("line", "region", "expected"),
    [
        ("市教育局牵头，市财政局配合", HAIDONG, "lead 市教育局 support 市财政局"),
        ("市发展改革委、市工信局按职责分工负责", HAIDONG, "responsible 市发展改革委 responsible 市工信局"),
        ("市水务局负责", HAIDONG, "responsible 市水务局"),
        (
            "住房城乡建设厅牵头，财政厅、自然资源厅配合",
            GANSU,
            "lead 住房城乡建设厅 support 财政厅 support 自然资源厅",
        ),
        ("市教育局牵头；市财政局，各县（区）政府配合", HAIDONG, "lead 市教育局 support 市财政局 support 各县(区)政府"),
        ("青海省牵头，兰州市配合", JOINT, "lead 青海省 support 兰州市"),
        (
            "责任单位：市水务局、市财政局，市教育局",
            HAIDONG,
            "responsible 市水务局 responsible 市财政局 responsible 市教育局",
        ),
    ],
)
@pytest.mark.parametrize("form", ["（{}）", "{}", "推进合作（{}）。", "推进合作。[{}]", "推进合作【{}】，完善机制。"])
def test_duties_in_a_bracket_are_read_as_a_line_and_within_text(line, region, expected, form):
    text = fold(form.format(line))
    if form in ("（{}）", "{}"):
        found = duty_lines.read_lines([("责任单位", text)], ground(*region))
    else:
        found = read_sentences(text, ground(*region))
    assert " ".join(word for duty in found for word in (duty.role, duty.agency.name)) == expected


def test_a_bracket_about_duties_within_a_line_is_a_list_of_its_own():
    assert roles("市发展改革委（市能源局、市粮食局配合），市财政局牵头") == [
        ("lead", "市发展改革委"),
        ("lead", "市财政局"),
        ("support", "市能源局"),
        ("support", "市粮食局"),
    ]


def test_the_first_agency_of_a_merged_cell_leads():
    found = roles("市教育局 乐都区政府 平安区政府", "牵头单位 配合单位")
    assert found == [("lead", "市教育局"), ("support", "乐都区政府"), ("support", "平安区政府")]


def test_words_for_roles_inside_names_do_not_cut_them():
    assert agencies("市委组织部、市推进办、市实施乡村振兴战略办公室")[:2] == ["市委组织部", "市推进办"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("责任单位", ("responsible", "responsible")),
        ("牵头单位 配合单位", ("lead", "support")),
        ("主要责任单位", ("responsible", "responsible")),
        ("参加部门", ("support", "support")),
        ("", ("responsible", "responsible")),
    ],
)
def test_labels_say_the_role(heading, expected):
    assert tuple(role.role for role in heading_roles(heading, duty_words())) == expected


def test_等_closes_an_open_list_but_not_one_inside_a_name():
    words, names = duty_words(), agency_words()
    text = "州民政局、州体育局等,各县市政府、青海高等职业技术学院"
    found = items(text, 0, len(text), names, words.open_end, None)
    assert [(item.text, item.open_list) for item in found] == [
        ("州民政局", True),
        ("州体育局", True),
        ("各县市政府", False),
        ("青海高等职业技术学院", False),
    ]


def test_sentences_name_duties_only_where_whole_agencies_stand_before_the_word():
    def found(text):
        return [(duty.role, duty.agency.name) for duty in read_sentences(fold(text), ground(*HAIDONG))]

    assert found("建立制度，由市发展改革委牵头，市财政局、各县区政府配合，积极参与合作。") == [
        ("lead", "市发展改革委"),
        ("support", "市财政局"),
        ("support", "各县区政府"),
    ]
    assert found("配合省交控集团，开工建设机场东进场公路。两省有关部门要加强配合、主动作为。") == []
    assert found("建立由兰州市牵头，周边城市协同配合的都市圈同城化推进机制。") == []
    assert found("建设水库（含市水务局负责的项目）。") == []
    assert found("建设水库（具体工作由市水务局牵头，市财政局配合）。") == [
        ("lead", "市水务局"),
        ("support", "市财政局"),
    ]
    assert found("推进合作。责任单位：市水务局，各县区政府。") == [
        ("responsible", "市水务局"),
        ("responsible", "各县区政府"),
    ]


def test_no_text_breaks_the_reading():
    words = [
        *"、，（）[]【】()；：。和由为省①等 \n",
        "牵头",
        "配合",
        "负责",
        "会同",
        "等部门",
        "部门",
        "下同",
        "1.",
        "（一）",
    ]
    words += [
        "责任单位：",
        "牵头单位",
        "列第一位者为牵头单位",
        "其余为配合单位",
        "责任人：张三",
        "有关",
        "政府",
        "办公室",
    ]
    words += [
        "市财政局",
        "市水务局",
        "水利厅",
        "兰州市",
        "兰州新区",
        "生态环境",
        "省民（宗）委",
        "市发展改革委（市能源局）",
    ]
    words += ["两省", "各县（市、区）", "县区", "国网"]
    chance = random.Random(0)
    for _ in range(3000):
        text = fold("".join(chance.choices(words, k=12)))
        read = [duty_lines.read_lines([("责任单位", text)], ground(*JOINT)), read_sentences(text, ground(*HAIDONG))]
        for duty in (duty for duties in read for duty in duties):
            assert 0 <= duty.agency.start < duty.agency.end <= len(text) and duty.agency.name, text


def test_time_grows_with_the_text_and_no_faster():
    lines = ["市教育局牵头" * 5000, "兰州市、" * 5000 + "政府", "(" * 20000, "市" * 20000 + "负责", "和" * 20000]
    lines += ["列第一位" * 5000, "(市水务局负责)" * 3000, "(" * 5000 + "市水务局负责" + ")" * 5000, "1." * 9000]
    for line in lines:
        assert len(agencies(line)) <= 5001


def test_chunks_leave_out_what_has_no_role_where_no_label_stands():
    text = "市水务局制定方案,由市发展改革委牵头"
    assert [chunk.roles[0].role for chunk in chunks(text, None, duty_words())] == ["lead"]


def test_the_usual_name_of_a_division_fits_the_list():
    assert usual_name(lookup("民和回族土族自治县")) == "民和县"
    assert usual_name(lookup("临夏回族自治州")) == "临夏州"
    assert usual_name(lookup("湟中区")) == "湟中区"


def test_own_word_lists_extend_the_shipped_ones(tmp_path):
    (tmp_path / "agency_functions.tsv").write_text("stem\tfunction\twhere\tabout\n拉面\t拉面经济\tstem\t\n", "utf-8")
    assert agency_fields("县拉面办", str(tmp_path)) == ("拉面经济",)
    assert agency_fields("县拉面办") == ()
