"""The long table 政府信息公开情况统计表 of about 2014 to 2018, row by row: level, label, unit, item."""

from __future__ import annotations

INDICATORS: tuple[tuple[int, str, str, str], ...] = tuple(
    (int(level), label, unit, item)
    for level, label, unit, item in (
        line.split("|")
        for line in """\
0|一、主动公开情况||
1|（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）|条|disclosed.total
2|其中：主动公开规范性文件数|条|disclosed.normative
2|制发规范性文件总数|件|disclosed.normative_made
1|（二）通过不同渠道和方式公开政府信息的情况||
2|1.政府公报公开政府信息数|条|disclosed.gazette
2|2.政府网站公开政府信息数|条|disclosed.website
2|3.政务微博公开政府信息数|条|disclosed.weibo
2|4.政务微信公开政府信息数|条|disclosed.wechat
2|5.其他方式公开政府信息数|条|disclosed.other
0|二、回应解读情况||
1|（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）|次|response.events
1|（二）通过不同渠道和方式回应解读的情况||
2|1.参加或举办新闻发布会总次数|次|response.press_conferences
3|其中：主要负责同志参加新闻发布会次数|次|response.press_conferences_by_head
2|2.政府网站在线访谈次数|次|response.online_interviews
3|其中：主要负责同志参加政府网站在线访谈次数|次|response.online_interviews_by_head
2|3.政策解读稿件发布数|篇|response.explanations
2|4.微博微信回应事件数|次|response.social_media
2|5.其他方式回应事件数|次|response.other
0|三、依申请公开情况||
1|（一）收到申请数|件|requests.new
2|1.当面申请数|件|requests.in_person
2|2.传真申请数|件|requests.fax
2|3.网络申请数|件|requests.online
2|4.信函申请数|件|requests.letter
1|（二）申请办结数|件|requests.closed
2|1.按时办结数|件|requests.closed_on_time
2|2.延期办结数|件|requests.closed_extended
1|（三）申请答复数|件|replies.total
2|1.属于已主动公开范围数|件|replies.already_public
2|2.同意公开答复数|件|replies.granted
2|3.同意部分公开答复数|件|replies.partial
2|4.不同意公开答复数|件|replies.denied
3|其中：涉及国家秘密|件|replies.denied.state_secret
3|涉及商业秘密|件|replies.denied.trade_secret
3|涉及个人隐私|件|replies.denied.privacy
3|危及国家安全、公共安全、经济安全和社会稳定|件|replies.denied.security_stability
3|不是《条例》所指政府信息|件|replies.denied.not_government_information
3|法律法规规定的其他情形|件|replies.denied.other_law
2|5.不属于本行政机关公开数|件|replies.not_this_authority
2|6.申请信息不存在数|件|replies.not_existing
2|7.告知作出更改补充数|件|replies.asked_to_correct
2|8.告知通过其他途径办理数|件|replies.other_channel
0|四、行政复议数量|件|review.total
1|（一）维持具体行政行为数|件|review.upheld
1|（二）被依法纠错数|件|review.corrected
1|（三）其他情形数|件|review.other
0|五、行政诉讼数量|件|litigation.total
1|（一）维持具体行政行为或者驳回原告诉讼请求数|件|litigation.upheld
1|（二）被依法纠错数|件|litigation.corrected
1|（三）其他情形数|件|litigation.other
0|六、举报投诉数量|件|complaints.total
0|七、依申请公开信息收取的费用|万元|request_fees.amount
0|八、机构建设和保障经费情况||
1|（一）政府信息公开工作专门机构数|个|organisation.offices
1|（二）设置政府信息公开查阅点数|个|organisation.reading_points
1|（三）从事政府信息公开工作人员数|人|organisation.staff
2|1.专职人员数（不包括政府公报及政府网站工作人员数）|人|organisation.staff_full_time
2|2.兼职人员数|人|organisation.staff_part_time
1|（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）|万元|organisation.budget
0|九、政府信息公开会议和培训情况||
1|（一）召开政府信息公开工作会议或专题会议数|次|training.meetings
1|（二）举办各类培训班数|次|training.courses
1|（三）接受培训人员数|人次|training.trainees""".splitlines()
    )
)

SUMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("requests.new", ("requests.in_person", "requests.fax", "requests.online", "requests.letter")),
    ("requests.closed", ("requests.closed_on_time", "requests.closed_extended")),
    ("replies.denied", tuple(item for _, _, _, item in INDICATORS if item.startswith("replies.denied."))),
    ("replies.total", ("replies.already_public", "replies.granted", "replies.partial", "replies.denied",
                       "replies.not_this_authority", "replies.not_existing", "replies.asked_to_correct",
                       "replies.other_channel")),
    ("review.total", ("review.upheld", "review.corrected", "review.other")),
    ("litigation.total", ("litigation.upheld", "litigation.corrected", "litigation.other")),
    ("organisation.staff", ("organisation.staff_full_time", "organisation.staff_part_time")),
)  # fmt: skip
