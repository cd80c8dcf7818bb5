namespace Caudata.Corpora.World.Subjects;

/// <summary>Questions of patients about invented medicines and conditions: nothing here is advice.</summary>
internal static class Medicine
{
    public const string Name = "medicine";

    public const string Lore = """
        = drug: Al Be Cor Dex Fen Gal Hex Ibra Lor Mel Nor Oxa Pra Quin Ser Tol Vel Xan Zol * adine atrin avir azole emide icor idone iline imab olan opram osine ovax prel tadin trexin
        = illness: marsh fever, grey cough, slate rash, river cramp, evening headache, hollow knee, salt thirst, winter itch, copper anaemia, ring asthma, blue wrist, tide dizziness, soft gout, lantern migraine, harbour flu, dust bronchitis, spring eczema, low tide insomnia, glass ankle, reed allergy
        = symptom: headache, dry mouth, dizziness, nausea, a rash, tiredness, a cough, swollen ankles, stomach pain, fever, itching, a runny nose, loss of appetite, trouble sleeping, muscle cramps, blurred vision
        = bodypart: knee, shoulder, wrist, ankle, stomach, back, neck, throat, ear, elbow, hip, skin, eye, chest
        = carer: doctor, nurse, pharmacist, midwife/midwives, physiotherapist, dentist, family doctor, specialist
        = test: blood test, urine test, X-ray, ultrasound scan, blood pressure reading, allergy test, swab, eye test, hearing test
        = medform: tablet, capsule, drop, ointment, syrup, spray, patch/patches, injection
        t {Questions about|Living with|Your guide to} <illness>
        t <drug>: {leaflet for patients|questions and answers|how to take it}
        t {Frequently asked questions|Patients ask}: {medicines|tests|after the operation|children's health}
        h {Questions|Your questions|Frequently asked questions|What patients ask}
        h {Before|During|After} {treatment|the <test>|the visit}
        h {Side effects|Taking your medicine|When to see a doctor}
        s <illness.c> {mostly|usually} affects the <bodypart> and {begins|starts} with <symptom>[, later with <symptom>].
        s {Patients|People} who take <drug> {sometimes|now and then} {report|notice} <symptom>; it {passes|goes away} within <n=2..9> days {as a rule|in most cases}.
        s The <carer> {asks about|checks} the <bodypart>, {orders|arranges} <test.a> and {explains|discusses} the {result|next step}.
        s {Keep|Store} <drug> {below <n=20..30> degrees|in a dry place|away from light} and out of the reach of children.
        s A <medform> of <drug> {contains|holds} <mg=5..500> mg of the {active substance|ingredient}.
        s {Rest|Warmth|A cold compress|Gentle movement} {helps|is useful} when the <bodypart> {hurts|is swollen}[ and <symptom> {appears|returns}].
        s {In|Since} <year=1995..2024>, the clinic in <town> has {treated|followed} <n=40..900> {people|patients} with <illness>.
        s {Tell|Inform} the <carer> if you {are pregnant|have kidney trouble|take other medicines|have had <illness>} before {you start|starting} <drug>.
        s {Children|Older people|Adults} with <illness> {recover|get better} in <n=3..12> {days|weeks}{, although <symptom> may last longer|}.
        q What should I do if I {forget|miss} a dose of <d=drug>?
        a Take {it|the missed dose} as soon as you remember. {If|When} it is {nearly|almost} time for the next {one|dose}, {skip|leave out} the {missed|forgotten} one; {do not|never} take two doses of <d> {at once|together}.
        a If less than <h=4..12@d> hours have passed, take <d> {right away|now}; otherwise wait for the next {regular|usual} dose. {Ask|Call} your <carer> if you {are unsure|missed several}.
        q {Can|May} I drink alcohol while {taking|I am on} <d=drug>?
        a {It is better not to.|Better not.} Alcohol {makes|can make} <symptom> {worse|more likely} {and|because it} {slows|changes} how <d> {works|is broken down}. {One|A small} drink after <n=2..5@d> days of treatment is {seldom|rarely} a problem{, but ask your <carer>|}.
        q What are the {common|usual|most frequent} side effects of <d=drug>?
        a {Common|Frequent} ones are <x=symptom@d> and <y=symptom@x>{, in about <n=2..12@d> of 100 {people|patients}|}. {Rarely|In rare cases}, {the <bodypart=bodypart@d> swells|breathing becomes difficult}: then {stop|do not take another dose} and call {a|your} <carer>.
        q How long does {it take|one need} to recover from <i=illness>?
        a Most {people|adults|patients} {recover|feel well again} {within|after} <n=4..16@i> days. {Symptoms|Complaints} such as <x=symptom@i> {can|may} last <m=2..6@i> weeks longer{, which is no reason to worry|}.
        q {Is <i=illness> contagious|Can <i=illness> be passed on to others|Is <i=illness> catching}?
        a {It {spreads|is passed on} by {droplets|close contact|shared towels} until about <n=2..7@i> days after the first <x=symptom@i>.|Yes, mainly in the first <n=2..7@i> days.} Wash your hands {often|well} and stay at home{ meanwhile|}.
        q {How should I|What must I do to} prepare for <t=test.a>?
        a {Do not|You should not} eat for <n=3..12@t> hours {before|beforehand}; water is {allowed|fine}. {Bring|Take along} a list of your medicines[, and tell the <carer> about <symptom>].
        q Why {does|did} my <b=bodypart> {hurt|ache} {after|since} {exercise|a long walk|lifting|a day at the desk}?
        a {Usually|Most often} a muscle or tendon of the <b> is {strained|overworked}. {Rest|Spare} it for <n=2..5> days, {cool|warm} it, and {see|ask} a <carer> if {<symptom> is added|it does not get better within a week|you cannot move it}.
        q {At what age|When} can children take <d=drug>?
        a {From|At} the age of <n=3..14@d>, {and|but} {only|always} in the dose for {their weight|children}: <k=2..15@d> mg for each kilogram{ a day|}.
        q When {should I|do I have to} see a doctor {about|for} <x=symptom>?
        a {If|When} <x> {goes on for|remains} longer than <n=3..14@x> days, {comes with|is joined by} fever, or {wakes you at night|gets worse}. {With|In case of} {chest pain|trouble breathing} call for help {at once|immediately}.
        q {How often|How many times a day} do I take <d=drug>[ <medform.s>]?
        a {Take|You take} it <n=2..4@d> times a day{ with a glass of water|, with or after food|}, {every|about every} <h=6..12@d> hours[, for <k=5..14@d> days in all].
        d dose :: the amount of a medicine that is taken at one time
        d side effect :: an unwanted effect of a medicine {besides|next to} the wanted one
        d symptom :: a sign of illness that the {patient|person} {notices|feels}
        d chronic :: lasting for {months or years|a long time}
        d acute :: {beginning|starting} suddenly and lasting a short time
        d diagnosis :: the {finding|naming} of the illness behind the symptoms
        d vaccine :: a substance that {trains|prepares} the body's defences against {an infection|a disease}
        d prescription :: a doctor's written order for a medicine
        d placebo :: a {treatment|tablet} without active substance, used for comparison
        d <i=illness> :: a {condition|disease} of the <bodypart=bodypart@i> with <x=symptom@i>, treated with <dr=drug@i>
        d <r=drug> :: a medicine against <ill=illness@r>, taken as <form=medform.a@r>
        """;

    public static Subject Create() => Subject.Parse(Name, 6, Lore);
}
