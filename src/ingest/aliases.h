#pragma once

#include <string_view>

/// The header names companies use, Chinese and English, as header_key() leaves them: lower case,
/// without spaces, underscores, dashes, dots and what stands in brackets. A column's own name is
/// recognised without being listed. One list per meaning; tables share them.
namespace xinjing::ingest::aliases {

using Word = std::string_view;

inline constexpr Word kCustomer[] = {
    "客户编号",     "客户号",     "客户id",         "客户",     "客户代码",   "客户编码",
    "用户编号",     "用户id",     "用户号",         "用户",     "会员编号",   "会员号",
    "会员id",       "会员卡号",   "买家id",         "买家",     "买家会员名", "顾客编号",
    "顾客",         "顾客id",     "访客id",         "客人编号", "住客编号",   "业主编号",
    "customerid",   "customerno", "customernumber", "custid",   "custno",     "client",
    "clientid",     "userid",     "user",           "uid",      "member",     "memberid",
    "buyer",        "buyerid",    "householdid",    "masterid", "accountid",  "contactid",
    "customercode", "visitorid",  "openid"};

inline constexpr Word kHandle[] = {
    "联系方式",   "来电号码", "主叫号码",     "主叫",     "联系电话", "手机号",   "手机号码",
    "电话号码",   "电话",     "手机",         "微信号",   "昵称",     "用户昵称", "账号",
    "客户账号",   "邮箱",     "邮件地址",     "用户名",   "粉丝",     "phone",    "phonenumber",
    "mobile",     "email",    "emailaddress", "caller",   "callerid", "username", "userhandle",
    "screenname", "nickname", "from",         "fromuser", "sender",   "senderid", "wechatid"};

inline constexpr Word kOnlyHandle[] = {
    "联系方式", "标识",        "渠道账号", "渠道标识",   "渠道用户", "渠道id",     "外部id",
    "账号",     "号码",        "手机号",   "手机号码",   "电话",     "电话号码",   "邮箱",
    "微信号",   "昵称",        "用户名",   "identifier", "identity", "externalid", "value",
    "phone",    "phonenumber", "email",    "username",   "nickname", "address"};

inline constexpr Word kChannel[] = {
    "渠道",   "来源渠道",    "接入渠道",    "沟通渠道", "服务渠道", "渠道名称",
    "来源",   "平台",        "渠道类型",    "标识类型", "source",   "platform",
    "medium", "channelname", "channeltype", "origin",   "type"};

inline constexpr Word kTradeChannel[] = {
    "渠道", "来源渠道", "下单渠道", "销售渠道",     "订单渠道", "来源",    "平台", "店铺",
    "门店", "source",   "platform", "saleschannel", "store",    "storeid", "shop"};

inline constexpr Word kPlainChannel[] = {"渠道",   "来源渠道", "渠道名称", "来源",       "平台",
                                         "source", "platform", "medium",   "channelname"};

inline constexpr Word kConversation[] = {
    "会话",     "会话id",         "会话编号", "会话号",       "会话标识",   "对话",     "对话id",
    "对话编号", "通话id",         "通话编号", "录音编号",     "咨询编号",   "服务单号", "工单号",
    "工单编号", "conversationid", "convid",   "dialogue",     "dialogueid", "dialogid", "dialog",
    "chat",     "chatid",         "session",  "sessionid",    "thread",     "threadid", "ticket",
    "ticketid", "callid",         "caseid",   "interactionid"};

inline constexpr Word kMessage[] = {"消息id",    "消息编号", "消息号",    "记录id",      "记录编号",
                                    "留言编号",  "评论id",   "评价id",    "序号id",      "id",
                                    "messageid", "msgid",    "messageno", "utteranceid", "turnid",
                                    "commentid", "reviewid", "postid",    "tweetid"};

inline constexpr Word kTime[] = {
    "时间",         "日期",           "发送时间",    "消息时间",   "创建时间",    "发生时间",
    "记录时间",     "通话时间",       "受理时间",    "发布时间",   "留言时间",    "评论时间",
    "评价时间",     "填写时间",       "提交时间",    "作答时间",   "访问时间",    "操作时间",
    "行为时间",     "事件时间",       "观察时间",    "时间戳",     "日期时间",    "datetime",
    "date",         "timestamp",      "createdat",   "created",    "createtime",  "createdtime",
    "creationdate", "sentat",         "senttime",    "sendtime",   "messagetime", "eventtime",
    "eventdate",    "eventtimestamp", "occurredat",  "occurred",   "posttime",    "postedat",
    "submittedat",  "answeredat",     "respondedat", "reviewdate", "reviewtime",  "ts",
    "when"};

inline constexpr Word kSpeaker[] = {
    "说话人",      "说话者",         "发言人",     "发言方",   "发送方",      "发送者",
    "发送人",      "角色",           "发言角色",   "消息方向", "方向",        "消息来源",
    "身份",        "发送者类型",     "发送人类型", "讲话人",   "speakerrole", "role",
    "sendertype",  "senderrole",     "authortype", "author",   "party",       "direction",
    "participant", "participantrole"};

inline constexpr Word kAgent[] = {
    "坐席",     "坐席工号",  "坐席编号",   "客服",     "客服工号", "客服编号",   "客服姓名",
    "客服昵称", "客服账号",  "接待客服",   "工号",     "服务人员", "受理人",     "处理人",
    "接待人",   "话务员",    "座席",       "座席工号", "员工",     "员工号",     "员工编号",
    "agentid",  "agentname", "staff",      "staffid",  "operator", "operatorid", "representative",
    "rep",      "employee",  "employeeid", "assignee"};

inline constexpr Word kDepartment[] = {"部门", "所属部门",   "科室",   "班组",  "客服组", "技能组",
                                       "团队", "营业厅",     "营业部", "门店",  "供电所", "dept",
                                       "team", "agentgroup", "group",  "branch"};

inline constexpr Word kText[] = {
    "内容",       "消息内容",  "消息",        "文本",        "文本内容",       "正文",
    "聊天内容",   "对话内容",  "会话内容",    "留言内容",    "留言",           "评论内容",
    "评论",       "评价内容",  "评价",        "转写文本",    "转写内容",       "转写",
    "话术",       "话语",      "发言内容",    "发言",        "说话内容",       "通话内容",
    "录音文本",   "诉求内容",  "受理内容",    "反馈内容",    "反馈",           "原文",
    "content",    "body",      "messagetext", "messagebody", "messagecontent", "msg",
    "message",    "utterance", "transcript",  "comment",     "comments",       "review",
    "reviewtext", "feedback",  "tweet",       "post",        "narrative",      "description",
    "query"};

inline constexpr Word kLang[] = {"语言", "语种", "language", "locale"};

inline constexpr Word kName[] = {
    "姓名",       "名称",     "客户姓名",    "客户名称",    "客户名",   "用户姓名", "用户名称",
    "户名",       "会员姓名", "联系人",      "公司名称",    "单位名称", "fullname", "customername",
    "clientname", "username", "contactname", "companyname", "realname"};

inline constexpr Word kPhone[] = {
    "手机",         "手机号",    "手机号码",    "电话",    "电话号码",  "联系电话",     "联系方式",
    "移动电话",     "联系手机",  "phonenumber", "phoneno", "mobile",    "mobilephone",  "mobileno",
    "mobilenumber", "cellphone", "cell",        "tel",     "telephone", "contactnumber"};

inline constexpr Word kEmail[] = {"邮箱",     "电子邮箱",     "电子邮件", "邮件",       "邮箱地址",
                                  "邮件地址", "emailaddress", "mail",     "mailaddress"};

inline constexpr Word kAccount[] = {
    "户号",      "账号",          "账户",     "账户号",          "用电户号",     "用户户号",
    "缴费户号",  "缴费号",        "合同账户", "合同号",          "用电客户编号", "卡号",
    "accountno", "accountnumber", "acctno",   "contractaccount", "contractno",   "contractnumber"};

inline constexpr Word kGender[] = {"性别", "客户性别", "sex"};
inline constexpr Word kBirth[] = {"生日",     "出生日期",  "出生年月",    "出生年月日",
                                  "birthday", "birthdate", "dateofbirth", "dob"};
inline constexpr Word kAge[] = {"年龄", "客户年龄", "岁数", "years"};
inline constexpr Word kOccupation[] = {"职业", "职务",     "岗位",       "工作", "职位",
                                       "job",  "jobtitle", "profession", "title"};
inline constexpr Word kHousehold[] = {"家庭",          "家庭结构",     "家庭情况",      "婚姻状况",
                                      "婚姻",          "家庭人数",     "maritalstatus", "family",
                                      "householdcomp", "householdsize"};
inline constexpr Word kRegion[] = {
    "地区",   "城市",     "省份", "省",       "市",    "区域",    "区县", "所在地",   "国家",
    "供电所", "所在城市", "city", "province", "state", "country", "area", "district", "location"};
inline constexpr Word kAddress[] = {"地址",          "联系地址", "通讯地址",   "住址",
                                    "家庭住址",      "用电地址", "收货地址",   "详细地址",
                                    "streetaddress", "street",   "homeaddress"};
inline constexpr Word kKind[] = {"客户类型",     "客户类别", "用户类型", "用户类别",
                                 "用电类别",     "类型",     "类别",     "customertype",
                                 "customerkind", "type",     "category"};
inline constexpr Word kLevel[] = {
    "等级", "会员等级", "客户等级",    "级别", "会员级别",    "客户级别",       "vip",
    "tier", "grade",    "memberlevel", "rank", "loyaltytier", "membershiplevel"};
inline constexpr Word kIndustry[] = {"行业", "所属行业", "行业类别", "sector", "businesstype"};
inline constexpr Word kRegistered[] = {
    "注册时间", "注册日期",     "开户时间",         "开户日期",     "入会时间",
    "入会日期", "加入时间",     "建档时间",         "建档日期",     "创建时间",
    "创建日期", "registeredat", "registrationdate", "registerdate", "signupdate",
    "signup",   "joindate",     "joined",           "since",        "createdat",
    "opendate", "dtcustomer"};
inline constexpr Word kTags[] = {"标签",   "客户标签", "用户标签", "分组",  "客户分组", "tag",
                                 "labels", "label",    "groups",   "group", "segment"};
inline constexpr Word kConsent[] = {"同意",     "授权",  "授权状态", "是否同意",   "隐私授权",
                                    "分析授权", "optin", "consents", "permission", "gdprconsent"};
inline constexpr Word kNote[] = {"备注",     "说明",  "描述",       "客户备注", "备注信息",
                                 "补充说明", "notes", "remark",     "remarks",  "comment",
                                 "comments", "memo",  "description"};

inline constexpr Word kOrder[] = {
    "订单",          "订单号",    "订单编号",  "订单id",        "订单编码",      "单号",
    "交易号",        "交易编号",  "交易单号",  "流水号",        "发票号",        "小票号",
    "合同编号",      "预订号",    "预订单号",  "ordernumber",   "order",         "orderno",
    "invoiceno",     "invoice",   "invoiceid", "invoicenumber", "transactionid", "transaction",
    "transactionno", "basketid",  "basket",    "receiptid",     "receipt",       "purchaseid",
    "saleid",        "bookingid", "bookingno", "reservationid"};
inline constexpr Word kItemLine[] = {
    "行号",     "明细号",   "明细编号",   "明细id",      "子订单号",  "子订单编号", "订单行",
    "订单行号", "序号",     "lineno",     "linenumber",  "lineid",    "orderline",  "orderlineid",
    "itemid",   "lineitem", "lineitemid", "orderitemid", "suborderid"};
inline constexpr Word kTradeTime[] = {"时间",
                                      "日期",
                                      "下单时间",
                                      "下单日期",
                                      "订单时间",
                                      "订单日期",
                                      "交易时间",
                                      "交易日期",
                                      "付款时间",
                                      "支付时间",
                                      "支付日期",
                                      "购买时间",
                                      "购买日期",
                                      "成交时间",
                                      "成交日期",
                                      "消费时间",
                                      "消费日期",
                                      "创建时间",
                                      "订单创建时间",
                                      "开票日期",
                                      "缴费时间",
                                      "缴费日期",
                                      "date",
                                      "datetime",
                                      "timestamp",
                                      "orderdate",
                                      "ordertime",
                                      "orderedat",
                                      "orderdatetime",
                                      "invoicedate",
                                      "invoicetime",
                                      "transactiondate",
                                      "transactiontime",
                                      "transactiontimestamp",
                                      "transactionday",
                                      "purchasedate",
                                      "purchasetime",
                                      "purchasedat",
                                      "paymentdate",
                                      "paymenttime",
                                      "paidat",
                                      "paytime",
                                      "saledate",
                                      "createdat",
                                      "created",
                                      "createtime",
                                      "bookingdate"};
inline constexpr Word kProduct[] = {"商品编号", "商品id",   "商品编码",  "商品代码",    "产品编号",
                                    "产品id",   "产品编码", "货号",      "sku编码",     "skuid",
                                    "sku",      "款号",     "productid", "productcode", "stockcode",
                                    "itemcode", "itemno",   "articleno", "asin",        "upc",
                                    "barcode",  "couponupc"};
inline constexpr Word kProductName[] = {
    "商品",        "商品名称", "商品名",      "商品标题",     "宝贝标题", "产品",
    "产品名称",    "产品名",   "品名",        "项目",         "服务项目", "套餐",
    "套餐名称",    "房型",     "productname", "producttitle", "item",     "itemname",
    "description", "title",    "plan",        "service"};
inline constexpr Word kCategory[] = {"类目",        "品类",       "分类",
                                     "商品类目",    "商品分类",   "产品类别",
                                     "类别",        "商品类别",   "productcategory",
                                     "productline", "department", "itemcategory"};
inline constexpr Word kBrand[] = {"品牌", "品牌名称", "brandname", "manufacturer",
                                  "manufacturerid"};
inline constexpr Word kQuantity[] = {"数量", "购买数量", "商品数量", "件数",  "份数",   "间夜数",
                                     "间夜", "qty",      "units",    "count", "pieces", "nights"};
inline constexpr Word kPrice[] = {"单价",      "商品单价",  "售价",     "成交单价", "价格",
                                  "unitprice", "itemprice", "unitcost", "listprice"};
inline constexpr Word kAmount[] = {
    "金额",          "订单金额", "实付金额",   "实付",        "支付金额",   "付款金额",
    "成交金额",      "交易金额", "总金额",     "总价",        "总额",       "应付金额",
    "实收金额",      "消费金额", "缴费金额",   "合计",        "小计",       "买家实付金额",
    "订单总额",      "总计",     "total",      "totalamount", "totalprice", "orderamount",
    "ordertotal",    "sales",    "salesvalue", "salesamount", "revenue",    "payment",
    "paymentamount", "paid",     "paidamount", "subtotal",    "linetotal",  "value",
    "monetary",      "spend",    "grandtotal"};
inline constexpr Word kCurrency[] = {"币种", "货币", "货币单位", "currencycode", "ccy"};
inline constexpr Word kDiscount[] = {
    "优惠",       "优惠金额",       "折扣",       "折扣金额",   "减免",         "优惠额", "红包",
    "优惠券金额", "discountamount", "retaildisc", "coupondisc", "couponamount", "rebate"};
inline constexpr Word kStatus[] = {
    "状态",        "订单状态",     "交易状态",      "退款状态", "支付状态",  "处理状态",
    "工单状态",    "结果",         "orderstatus",   "cancel",   "cancelled", "canceled",
    "iscancelled", "refundstatus", "paymentstatus", "outcome",  "result"};

inline constexpr Word kRemark[] = {"备注",     "买家留言", "客户备注", "备注信息",
                                   "补充说明", "notes",    "remark",   "remarks",
                                   "comment",  "comments", "memo"};

inline constexpr Word kEvent[] = {"事件id",  "事件编号", "日志id", "记录id",
                                  "eventid", "logid",    "id",     "hitid"};
inline constexpr Word kEventKind[] = {
    "事件",     "事件类型",  "事件名称",     "行为",      "行为类型",     "动作",   "操作",
    "操作类型", "类型",      "eventtype",    "eventname", "event",        "action", "actiontype",
    "behavior", "behaviour", "behaviortype", "activity",  "activitytype", "type"};
inline constexpr Word kObject[] = {
    "对象",   "目标",   "商品",    "商品id",    "商品编号", "页面",       "页面地址", "页面名称",
    "内容id", "链接",   "target",  "targetid",  "page",     "pageurl",    "url",      "path",
    "item",   "itemid", "product", "productid", "screen",   "campaignid", "objectid", "contentid"};
inline constexpr Word kSearch[] = {"搜索词",      "关键词", "搜索内容", "检索词",
                                   "搜索关键词",  "内容",   "详情",     "searchterm",
                                   "searchquery", "query",  "keyword",  "keywords",
                                   "search",      "detail", "details",  "content"};
inline constexpr Word kVisit[] = {"会话",      "会话id",  "访问id",   "访问编号",   "会话编号",
                                  "sessionid", "visitid", "visitsid", "visitnumber"};
inline constexpr Word kValue[] = {"值",       "数值",  "时长",       "停留时长", "停留时间",
                                  "停留秒数", "次数",  "eventvalue", "duration", "durationseconds",
                                  "seconds",  "dwell", "dwelltime",  "amount"};
inline constexpr Word kDevice[] = {"设备",      "终端", "设备类型",        "终端类型", "devicetype",
                                   "useragent", "os",   "operatingsystem", "browser"};

inline constexpr Word kResponse[] = {
    "答卷编号", "答卷id",     "答卷号",   "问卷编号id", "评价编号",     "评价id",      "回复编号",
    "id",       "responseid", "answerid", "ratingid",   "submissionid", "respondentid"};
inline constexpr Word kSurvey[] = {"问卷",       "问卷名称",   "问卷编号",      "问卷id",
                                   "量表",       "调查",       "调查名称",      "surveyid",
                                   "surveyname", "instrument", "questionnaire", "questionnaireid",
                                   "form",       "formid"};
inline constexpr Word kItem[] = {"题目",     "题号",       "题目编号",   "问题",     "问题编号",
                                 "题目id",   "指标",       "评价项",     "评价指标", "维度",
                                 "question", "questionid", "questionno", "itemid",   "itemcode",
                                 "metric",   "dimension",  "statement"};
inline constexpr Word kAnswer[] = {"答案",     "回答",       "作答",         "选项",     "回答内容",
                                   "答案内容", "开放题",     "评价内容",     "评语",     "意见",
                                   "建议",     "answertext", "responsetext", "response", "reply",
                                   "choice",   "option",     "openanswer",   "verbatim", "comment",
                                   "comments", "text",       "feedback",     "评论"};
inline constexpr Word kScore[] = {"评分",   "得分",   "分数",         "分值",          "打分",
                                  "星级",   "满意度", "满意度评分",   "nps",           "nps分",
                                  "csat",   "ces",    "rating",       "stars",         "star",
                                  "points", "grade",  "satisfaction", "overallrating", "likert"};
inline constexpr Word kScaleMax[] = {"满分",     "最高分", "量表上限",    "scale",
                                     "maxscore", "max",    "scalepoints", "outof"};
inline constexpr Word kAbout[] = {"关联订单", "订单号",         "订单编号",     "会话id",
                                  "会话",     "服务单号",       "工单号",       "关联单号",
                                  "orderid",  "conversationid", "conversation", "ticketid",
                                  "caseid",   "reference",      "referenceid"};

inline constexpr Word kTouchpoint[] = {"触点编号",   "环节编号",     "记录编号",
                                       "记录id",     "touchpointid", "stepid",
                                       "activityid", "eventid",      "id"};
inline constexpr Word kCase[] = {
    "案例",       "案例号",     "案例编号",        "案例id",    "流程编号", "流程实例",  "工单",
    "工单号",     "工单编号",   "投诉单号",        "业务单号",  "申请编号", "受理编号",  "case",
    "caseno",     "casenumber", "caseconceptname", "ticket",    "ticketid", "processid", "incident",
    "incidentid", "srnumber",   "applicationid",   "journeyid", "workorder"};
inline constexpr Word kActivity[] = {
    "活动",         "环节",        "环节名称", "节点",     "节点名称", "步骤",     "步骤名称",
    "触点",         "触点名称",    "活动名称", "处理环节", "操作",     "动作",     "阶段",
    "activityname", "conceptname", "step",     "stepname", "task",     "taskname", "touchpointname",
    "action",       "stage",       "event",    "eventname"};
inline constexpr Word kStarted[] = {
    "时间",      "日期",      "开始时间",       "开始",          "起始时间",
    "进入时间",  "到达时间",  "受理时间",       "发生时间",      "start",
    "starttime", "startdate", "starttimestamp", "startedat",     "begin",
    "begintime", "time",      "timestamp",      "timetimestamp", "completetimestamp",
    "date",      "datetime",  "arrived"};
inline constexpr Word kEnded[] = {"结束时间",       "结束",         "完成时间",  "办结时间",
                                  "离开时间",       "完结时间",     "end",       "endtime",
                                  "enddate",        "endtimestamp", "endedat",   "finish",
                                  "finished",       "finishtime",   "completed", "completedat",
                                  "completiontime", "resolvedat",   "closedat"};
inline constexpr Word kResource[] = {
    "资源",     "处理人",  "经办人", "受理人",      "窗口",       "人员",    "工号",  "处理部门",
    "部门",     "执行人",  "责任人", "orgresource", "org",        "owner",   "staff", "agent",
    "assignee", "handler", "desk",   "team",        "department", "employee"};

inline constexpr Word kReading[] = {"抄表id",    "读数编号", "记录编号",
                                    "readingid", "recordid", "id"};
inline constexpr Word kMeter[] = {"电表",        "电表号",   "表号",     "电能表编号", "计量点",
                                  "计量点编号",  "表计编号", "资产编号", "meterid",    "meterno",
                                  "meternumber", "point",    "pointid",  "nmi",        "mpan",
                                  "device",      "deviceid"};
inline constexpr Word kReadTime[] = {
    "时间",         "日期",        "抄表时间",  "抄表日期",      "数据时间",
    "数据日期",     "用电日期",    "用电时间",  "计量时间",      "账期",
    "date",         "datetime",    "timestamp", "readat",        "readingtime",
    "readingdate",  "readtime",    "readdate",  "intervalstart", "ts",
    "day",          "period",      "localdate", "billdate",      "readingdatetime",
    "readdatetime", "intervalend", "tstp"};
inline constexpr Word kUsed[] = {
    "用量",   "用电量", "电量",        "用水量", "用气量",   "用电",     "消费量",
    "使用量", "流量",   "读数",        "示数",   "抄见电量", "日用电量", "月用电量",
    "kwh",    "usage",  "consumption", "energy", "value",    "reading",  "generalsupplykwh",
    "load",   "volume", "minutes",     "used"};
inline constexpr Word kUnit[] = {"单位", "计量单位", "uom", "unitofmeasure"};
inline constexpr Word kUsageKind[] = {"类型",     "能源类型",    "业务类型",    "用电类别",
                                      "服务类型", "时段",        "type",        "energytype",
                                      "service",  "servicetype", "registertype"};
inline constexpr Word kTariff[] = {"电价", "资费",       "套餐", "电价类别", "费率",   "资费套餐",
                                   "plan", "tariffcode", "rate", "rateplan", "pricing"};
inline constexpr Word kCharge[] = {"电费", "费用", "金额",       "水费",     "气费",
                                   "话费", "应收", "应收电费",   "账单金额", "amount",
                                   "cost", "bill", "billamount", "fee",      "charges"};

inline constexpr Word kObservation[] = {"观察编号",      "观察id", "记录编号", "记录id", "卡片编号",
                                        "observationid", "cardid", "recordid", "id"};
inline constexpr Word kStaff[] = {"观察人",   "记录人",      "填写人", "员工",     "工号",
                                  "员工编号", "客户经理",    "销售",   "销售顾问", "坐席",
                                  "observer", "recordedby",  "author", "staffid",  "agent",
                                  "employee", "salesperson", "rep"};
inline constexpr Word kConstruct[] = {"构念",      "观察项",     "项目",        "维度", "指标",
                                      "特征",      "观察内容项", "constructid", "item", "dimension",
                                      "attribute", "trait",      "signal",      "kind", "type"};
inline constexpr Word kState[] = {"取值",  "结果",   "观察结果", "状态",   "值",    "选项",
                                  "value", "result", "observed", "answer", "level", "option"};
inline constexpr Word kWeight[] = {"程度",     "强度",      "把握",       "确信度",
                                   "strength", "intensity", "confidence", "certainty"};
inline constexpr Word kObservedNote[] = {"备注",     "说明",  "描述",        "观察内容", "内容",
                                         "记录",     "notes", "remark",      "remarks",  "comment",
                                         "comments", "text",  "description", "content"};
inline constexpr Word kRelation[] = {"会话id",  "会话",      "对话",  "订单号", "conversationid",
                                     "session", "sessionid", "visit", "visitid"};
inline constexpr Word kSince[] = {"时间",      "绑定时间",  "绑定日期", "创建时间",
                                  "起始时间",  "生效时间",  "since",    "boundat",
                                  "createdat", "validfrom", "date",     "timestamp"};

}  // namespace xinjing::ingest::aliases
