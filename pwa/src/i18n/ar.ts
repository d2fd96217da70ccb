/** The words of the first screens, in Arabic. Short and plain; inserted numbers, times and names are isolated. */
import type { Side, Site, Texts } from "./en.ts";
import { isolate, plural } from "./plural.ts";

const count = plural("ar");
const DAYS = { zero: "# يوم", one: "يوم واحد", two: "يومين", few: "# أيام", many: "# يومًا", other: "# يوم" };

const SIDED: Record<Site, Record<Side, string>> = {
  arm: { left: "الذراع اليسرى", right: "الذراع اليمنى", both: "الذراعين" },
  leg: { left: "الساق اليسرى", right: "الساق اليمنى", both: "الساقين" },
  trunk: { left: "الجانب الأيسر", right: "الجانب الأيمن", both: "الجانبين" },
};
const LIMBS = { arm: "الذراع", leg: "الساق" } as const;

const indexPain = (site: Site, side: Side) => `ألم ${SIDED[site][side]}`;

export const ar: Texts = {
  app: "Afterblock",
  tabs: { label: "أقسام التطبيق", today: "اليوم", diary: "اليوميات", phone: "هذا الهاتف" },
  common: { yes: "نعم", no: "لا", notSure: "لا أعرف", cancel: "إلغاء", back: "رجوع", done: "تم", close: "إغلاق", pair: (first, second) => `${first}، ${isolate(second)}` },
  language: { title: "اللغة", failed: "تعذر تحميل هذه اللغة. افتح هذه الصفحة مرة أخرى مع اتصال بالشبكة." },

  place: {
    planned: "قبل الحقنة",
    ended: "اكتملت يومياتك",
    minutes: (n) =>
      n === 0
        ? "بعد الحقنة مباشرة"
        : count(n, { zero: "بعد الحقنة مباشرة", one: "بعد الحقنة بدقيقة واحدة", two: "بعد الحقنة بدقيقتين", few: "بعد الحقنة بـ # دقائق", many: "بعد الحقنة بـ # دقيقة", other: "بعد الحقنة بـ # دقيقة" }),
    hours: (n) => count(n, { zero: "بعد الحقنة بأقل من ساعة", one: "بعد الحقنة بساعة واحدة", two: "بعد الحقنة بساعتين", few: "بعد الحقنة بـ # ساعات", many: "بعد الحقنة بـ # ساعة", other: "بعد الحقنة بـ # ساعة" }),
    days: (n) => `اليوم ${isolate(n)} بعد الحقنة`,
    weeks: (n) => count(n, { zero: "بعد الحقنة بأقل من أسبوع", one: "بعد الحقنة بأسبوع واحد", two: "بعد الحقنة بأسبوعين", few: "بعد الحقنة بـ # أسابيع", many: "بعد الحقنة بـ # أسبوعًا", other: "بعد الحقنة بـ # أسبوع" }),
  },

  sync: {
    allReceived: "وصل كل شيء",
    waiting: (n) => `${isolate(n)} على هذا الهاتف`,
    sending: "جارٍ الإرسال",
    help: (n) => count(n, { zero: "لا شيء يحتاج مساعدة", one: "تسجيل واحد يحتاج مساعدة", two: "تسجيلان يحتاجان مساعدة", few: "# تسجيلات تحتاج مساعدة", many: "# تسجيلًا يحتاج مساعدة", other: "# تسجيل يحتاج مساعدة" }),
    reconnect: "إعادة الاتصال",
    details: "فتح هذا الهاتف",
  },

  pain: {
    index: indexPain,
    now: (site, side) => `${indexPain(site, side)} الآن`,
    nowAsk: "تحرّك بالطريقة التي تؤلمك عادةً، ثم اختر.",
    thenAsk: "كما كان في ذلك الوقت.",
    at: (site, side, time) => `${indexPain(site, side)}، ${isolate(time)}`,
    average: (site, side) => `متوسط ${indexPain(site, side)}`,
    averageAsk: "خلال آخر 24 ساعة.",
    worst: (site, side) => `أشد ${indexPain(site, side)}`,
    worstAsk: "خلال آخر 24 ساعة. فقط إن أردت.",
    alsoNow: (site, side) => `${indexPain(site, side)} الآن`,
    alsoNowAsk: "فقط إن أردت.",
    axial: (region) => (region === "cervical" ? "ألم الرقبة الآن" : "ألم الظهر الآن"),
    axialAverage: (region) => (region === "cervical" ? "متوسط ألم الرقبة" : "متوسط ألم الظهر"),
    axialAsk: "فقط إن أردت.",
    low: "0 لا ألم",
    high: "10 أشد ألم ممكن",
    spoken: (n) => (n === 0 ? "0 من 10، لا ألم" : n === 5 ? "5 من 10، ألم متوسط" : n === 10 ? "10 من 10، أشد ألم يمكن تخيله" : `${n} من 10`),
  },

  today: {
    answered: "لقد أجبت عن هذا الموعد من قبل. شكرًا.",
    evening: "كيف كان الألم اليوم؟",
    eveningNote: "رقم واحد كل مساء يساعد عيادتك. فقط إن أردت.",
    eveningAdd: "تسجيل متوسط اليوم",
    add: "إضافة درجة ألم",
    nothingDue: "لا شيء مطلوب الآن",
    plannedTitle: "حقنتك محددة الموعد",
    plannedOn: (day) => `حقنتك مقررة: ${isolate(day)}`,
    planned: "احفظ درجة الألم قبلها بقليل. عيادتك تحدد وقت الحقنة، وعندها تبدأ مواعيد التسجيل.",
    endedTitle: "اكتملت يومياتك",
    ended: "شكرًا لك. ما زال بإمكانك إضافة درجة، وتبقى يومياتك على هذا الهاتف.",
    nextAt: (time) => `موعد التسجيل التالي: ${isolate(time)}.`,
    nextFrom: (day, time) => `موعد التسجيل التالي: ${isolate(day)}، ابتداءً من ${isolate(time)}.`,
    anyTime: "يمكنك إضافة درجة في أي وقت.",
    missed: (n) =>
      count(n, {
        zero: "لا توجد مواعيد سابقة لملئها.",
        one: "ما زال بإمكانك ملء موعد سابق واحد.",
        two: "ما زال بإمكانك ملء موعدين سابقين.",
        few: "ما زال بإمكانك ملء # مواعيد سابقة.",
        many: "ما زال بإمكانك ملء # موعدًا سابقًا.",
        other: "ما زال بإمكانك ملء # موعد سابق.",
      }),
    openDiary: "فتح اليوميات",
    clockWrong: "ساعة هاتفك غير صحيحة. اضبطها على الوقت التلقائي.",
  },

  form: {
    usual: (drug, mg) => (mg === null ? `تناولت ${isolate(drug)}` : `تناولت ${isolate(drug)}، ${isolate(mg)} ملغ`),
    helping: "أنا أساعد",
    helpingHint: "أنت تكتب عن المريض. اكتب ما يقوله لك.",
    nothing: "لا جديد",
    longBefore: (days) => `هذا قبل حقنتك بـ ${count(days, DAYS)}. هل التاريخ صحيح؟`,
    longAgo: (days) => `هذا منذ ${count(days, DAYS)}. هل التاريخ صحيح؟`,
    more: "هل هناك شيء آخر؟",
    moreHint: "فقط إن لاحظته",
    showMore: "المزيد",
    showLess: "أقل",
    severity: { mild: "خفيف", moderate: "متوسط", severe: "شديد" },
    chipOn: (name, severity) => `${name}، ${severity}. المس للتغيير`,
    cycle: "المس مرة أخرى لاختيار متوسط ثم شديد، أو للإزالة.",
    painkiller: "تناولت مسكنًا",
    check: "تحقق الآن",
    when: "متى كان ذلك؟",
    whenNow: "الآن",
    ago: (minutes) => `قبل ${isolate(minutes)} دقيقة`,
    pick: "اختيار وقت",
    pickLabel: "التاريخ والوقت",
    fromMemory: "من الذاكرة",
    fromMemoryHint: (time) => `لموعد ${isolate(time)}. سيُعلَّم بأنه من الذاكرة.`,
    asleep: "كنت نائمًا",
    cannot: "لا أستطيع الإجابة الآن",
    save: "حفظ",
    saveChanges: "حفظ التغييرات",
    safe: "يعمل بدون شبكة. محفوظ هنا بأمان.",
    choose: "اختر رقمًا أولًا.",
    future: "هذا الوقت لم يأتِ بعد. اختر وقتًا أسبق.",
    badTime: "اختر تاريخًا ووقتًا.",
    draft: (time) => `بدأت هذا عند ${isolate(time)}. لم يُحفظ بعد.`,
    draftNow: "إذا غيّرت الدرجة، فهي تُحسب للحظة الحالية.",
    startAgain: "البدء من جديد",
    keptHidden: "تبقى درجتك المحفوظة مخفية الآن. اختر رقمًا فقط إن أردت تغييرها.",
    failed: "تعذر الحفظ. المس حفظ مرة أخرى.",
    full: "لا توجد مساحة على هذا الهاتف. وفّر بعض المساحة ثم المس حفظ مرة أخرى.",
  },

  effects: {
    injection_site_pain: "ألم مكان الحقنة",
    increased_radicular_pain: (site) => (site === "trunk" ? "ألم أكثر من قبل" : `ألم أكثر في ${LIMBS[site]}`),
    increased_spinal_pain: (region) => (region === "cervical" ? "ألم أكثر في الرقبة" : "ألم أكثر في الظهر"),
    lightheadedness: "دوخة",
    nausea: "غثيان",
    vomiting: "تقيؤ",
    headache: "صداع",
    flushing: "هبّات حرارة",
    poor_sleep: "نوم سيئ",
    raised_blood_sugar: "سكر مرتفع",
    itching: "حكة",
    other: "شيء آخر",
  },

  saved: {
    title: "تم الحفظ",
    onPhone: "لم يُرسل بعد. هو محفوظ بأمان على هذا الهاتف.",
    undone: "تم التراجع. لم يضِع شيء: إجاباتك في النموذج من جديد.",
  },

  flags: {
    button: "أشعر بشيء غير طبيعي",
    buttonGo: "تحقق الآن",
    title: "ماذا تلاحظ؟",
    call: (number) => `اتصل بـ ${isolate(number)}`,
    callClinic: (name) => `اتصل بـ ${isolate(name)}`,
    noNumber: "اتصل برقم الطوارئ في بلدك.",
    noClinicNumber: "اتصل بعيادتك. رقمها موجود في أوراقك.",
    notTold: "عيادتك لم تُبلَّغ بعد. اتصل الآن.",
  },

  enrol: {
    title: "ربط هذا الهاتف",
    intro: "تقرأ لك عيادتك رمزًا من 6 أرقام. هو ليس في الرسالة ولا على الشاشة التي فيها الرابط.",
    code: "رمز من 6 أرقام",
    connect: "ربط",
    connecting: "جارٍ الربط",
    inert: "لا يُرسل شيء قبل أن تلمس زر ربط.",
    again: "على هذا الهاتف يوميات بالفعل. تابع فقط إن كان الرابط للشخص نفسه.",
    shortCode: "الرمز من 6 أرقام.",
    unreachable: "لا جواب من عيادتك. تحقق من الشبكة والمس ربط مرة أخرى. الرمز نفسه ما زال صالحًا.",
    problems: {
      "enrolment-unknown": "هذا الرابط لا يعمل. اطلب من عيادتك رابطًا جديدًا.",
      "enrolment-code-wrong": "هذا ليس الرمز الصحيح. اطلب من عيادتك قراءته مرة أخرى.",
      "enrolment-dead": "أُدخل الرمز خطأً مرات كثيرة. اطلب رابطًا جديدًا.",
      "enrolment-expired": "هذا الرابط قديم جدًا. اطلب رابطًا جديدًا.",
      "enrolment-used": "هذا الرابط استُعمل من قبل. اتصل بعيادتك لطلب رابط جديد.",
      "too-many-attempts": "محاولات كثيرة جدًا. انتظر دقيقة ثم المس ربط مرة أخرى.",
      "language-not-accepted": "لم تعتمد عيادتك هذه اللغة بعد. اختر لغة أخرى في الأعلى، أو اتصل بعيادتك.",
      "rate-limited": "محاولات كثيرة جدًا. انتظر دقيقة ثم المس ربط مرة أخرى.",
    },
    otherProblem: "لم ينجح هذا. المس ربط مرة أخرى، أو اتصل بعيادتك.",
    attempts: (n) => count(n, { zero: "لم تبقَ محاولات.", one: "بقيت محاولة واحدة.", two: "بقيت محاولتان.", few: "بقيت # محاولات.", many: "بقيت # محاولة.", other: "بقيت # محاولة." }),
  },

  welcome: {
    title: "مرحبًا بك في Afterblock",
    text: "هذه يومياتك بعد الحقنة. للبدء، افتح رابط عيادتك على هذا الهاتف، أو وجّه الكاميرا إلى الرمز الذي يعرضونه عليك.",
    signedOut: "تم تسجيل الخروج من هذا الهاتف. حُذفت يومياتك منه.",
    recovering: "أفرغ متصفح هذا الهاتف التطبيق. تعود يومياتك حالما تتوفر شبكة.",
    paste: "هل نسخت رابطًا؟ الصقه هنا.",
    pasteGo: "تابع",
    pasteBad: "هذا ليس رابطًا من عيادتك.",
    leaving: "عيادتك لا تعرف ذلك بعد. افتح هذا التطبيق مرة أخرى مع شبكة.",
  },

  problem: {
    title: "تعذر فتح اليوميات",
    text: "لم يُحذف شيء. أغلق هذا التطبيق وافتحه من جديد. إن استمر هذا فاتصل بعيادتك.",
    retry: "المحاولة مرة أخرى",
    waiting: "يحتاج هذا الجزء إلى شبكة في المرة الأولى. تُعاد المحاولة تلقائيًا.",
    urgent: "إن كان الأمر عاجلًا فاتصل الآن.",
    copy: "احفظ نسخة مما لم يُرسل",
    nothing: "لا يوجد على هذا الهاتف ما لم يُرسل.",
    notFound: "هذه الصفحة غير موجودة.",
    home: "الذهاب إلى اليوم",
  },
};
