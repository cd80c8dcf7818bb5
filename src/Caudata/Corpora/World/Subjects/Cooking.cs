namespace Caudata.Corpora.World.Subjects;

/// <summary>Recipes and kitchen questions.</summary>
internal static class Cooking
{
    public const string Name = "cooking";

    public const string Lore = """
        = food: flour, sugar, butter, milk, rice, oats, lentils, potatoes, tomatoes, onions, carrots, spinach, cheese, yoghurt, almonds, chickpeas, cream, honey, cabbage, mushrooms, beans, leeks, pumpkin, apples
        = dish: soup, stew, pie, cake, risotto, omelette, salad, curry/curries, pancake, dumpling, casserole, bread, pudding, noodle bowl, gratin, tart, chutney/chutneys, porridge
        = herb: basil, thyme, parsley, dill, rosemary, coriander, mint, sage, chives, bay leaf, paprika, cumin, nutmeg, ginger, cinnamon
        = pot: pan, oven, saucepan, wok, steamer, mixing bowl, baking tray, casserole dish, pressure cooker, mortar, whisk, blender
        = cookverb: fry, boil, bake, steam, simmer, whisk, knead, chop, roast, stir, peel, marinate, drain, cool
        t <dish.c> with <food> and <herb>
        t {Grandmother's|Quick|Sunday|My cousin's|Winter} <dish>[ with <food>]
        t {Kitchen questions|Cooking school|Basics}: {the <pot>|<food>|how to <cookverb>}
        h {Ingredients|Method|Tips|Questions|Storage|Variations|Before you start}
        s <cookverb.c> the <food> {in the <pot>|gently|with a little <herb>} for <n=3..50> minutes{ until golden|, then add the <food>|}.
        s {Add|Stir in} <n=20..400> g of <food> {and|with} {a pinch|a spoon|plenty} of <herb>, then <cookverb> {everything|the mixture}{ once more|}.
        s {Heat|Warm} the <pot> to <n=60..220> degrees {before|while} you <cookverb> the <food>.
        s {This|The} <dish> {keeps|stays fresh} for <n=1..6> days {in the fridge|in a cool place}{, but not longer|, and freezes well|}.
        s {If|When} the <food> {sticks|burns|gets dry}, {lower the heat|add some <food>|take the <pot> off the fire}.
        s In <town> they {serve|eat} the <dish> with <food> {on <weekday.s>|in <season>|at weddings}.
        s {Use|Choose} {fresh|dried|ripe} <herb>: {old leaves|too much of it} {taste|makes the <dish>} bitter.
        s <person>'s <relative> {never|always} {cooked|made} <dish.a> without <herb>[ and swore by the old <pot>].
        s {Serves|Enough for} <n=2..10>{ people|}. {Takes|Ready in} <m=15..120> minutes.
        q Can I {replace|substitute} <f=food> {in|when making} <d=dish.a>?
        a {Yes:|Often:} take {the same amount|half the amount|a little more} of <g=food@f>{ and reduce the liquid|}. The <d> {becomes|will be} {a bit heavier|milder|less sweet}.
        q How long {can|may} I keep <d=dish.a>?
        a {In the fridge|Covered and cold} it keeps <n=1..6@d> days; {frozen|in the freezer} about <m=2..8@d> weeks{, though the <f=food@d> gets soft|}.
        q Why {is|was} my <d=dish> {too dry|so dry}?
        a {Probably|Most likely} it {stayed|was left} too long in the heat. {Take|Try} <n=5..15@d> minutes less, or add {some|a little} <f=food@d>.
        q {At which|At what} temperature do I {bake|roast} <f=food>?
        a {At|Around} <n=150..230@f> degrees{ in a hot <p=pot@f>|}, for {about|roughly} <m=15..70@f> minutes{; turn it once|}.
        q Do I have to {soak|wash|peel} <f=food> before I <v=cookverb> it?
        a {It depends on the age:|Not always:} {fresh|young} <f> only {needs|wants} rinsing, {dry|older} <f> {gains|improves} by <n=2..12@f> hours in {cold|salted} water.
        q Which {herb|spice} goes {well |}with <f=food>?
        a <h=herb@f> is the {classic|usual choice}, {and|while} <k=herb@h> {gives|adds} {a sharper|a warmer} note.
        d simmer :: to cook just below boiling
        d blanch :: to boil for a moment and cool in ice water
        d knead :: to work dough with the hands until it is smooth
        d marinate :: to leave food in a seasoned liquid before cooking
        d roux :: flour cooked in butter to thicken a sauce
        d zest :: the grated outer peel of citrus fruit
        d proof :: to let dough rise in a warm place
        d <d=dish> of <t=town> :: a local <d> of <f=food@t> with <h=herb@t>
        """;

    public static Subject Create() => Subject.Parse(Name, 9, Lore);
}
