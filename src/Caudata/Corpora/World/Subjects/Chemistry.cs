using System.Globalization;

namespace Caudata.Corpora.World.Subjects;

/// <summary>Molar masses, amounts, reactions and solutions, with relative atomic masses rounded to whole numbers.</summary>
internal static class Chemistry
{
    public const string Name = "chemistry";

    public const string Lore = """
        = substance: acid, base, salt, oxide, alloy, solvent, catalyst, metal, gas/gases, polymer, indicator, precipitate, isotope, ion, crystal, ester, alkane, halogen
        = labware: beaker, burette, flask, pipette, test tube, crucible, Bunsen burner, funnel, balance, water bath, condenser, thermometer, spatula
        = reaction: combustion, neutralisation, oxidation, reduction, precipitation, fermentation, electrolysis, hydrolysis, decomposition, titration
        t {Stoichiometry|Moles and masses|Reactions in the laboratory}: {exercises|worked examples|a lesson}
        t <reaction.c>: {what happens|theory and practice|calculations}
        t {The chemistry of|Working with} <substance.s>
        h {Moles|Reactions|Solutions|In the laboratory|Calculations|Bonds}
        s {During|In} <reaction>, {a|the} <substance> {gives up|takes up} {electrons|protons|oxygen} and {forms|becomes} <substance.a>.
        s {Weigh|Put} <n=2..50> g of the <substance> {into|in} a <labware> and {add|stir in} <m=10..250> ml of water.
        s {One|A} mole of any <substance> {contains|holds} the same number of particles{, about 6 followed by 23 zeros|}.
        s The {coefficients|numbers} in {a balanced|the} equation {give|state} the {ratio|proportion} of moles, not of grams.
        s {Heat|Cool} the <labware> {slowly|to <n=20..95> degrees} until {the colour changes|crystals appear|no more gas escapes}.
        s {A|The} <substance> that is {used up|consumed} first {limits|decides} how much {product|<substance>} {forms|is made}.
        s {Wear|Put on} goggles when {handling|pouring} <substance.a>[, and never point the <labware> at anyone].
        s {Atoms|Electrons} are neither made nor destroyed {in|by} <reaction>; {they|the atoms} are only {rearranged|exchanged}.
        s {After|Before} the <reaction>, the mass {on the balance|of the closed <labware>} {is unchanged|was the same}.
        q Why must an equation be balanced before {calculating|one calculates} masses?
        a {Only|Because only} the balanced equation {shows|gives} in which ratio of moles the substances react; {atoms|they} cannot {appear or vanish|get lost}.
        q What is the difference between a molecule and an ion?
        a A molecule is {electrically |}neutral, an ion carries a charge because electrons {are missing|were added}.
        q What does a catalyst do?
        a It {speeds up|makes faster} a reaction {by offering|through} a path with lower activation energy and is not {used up|consumed}.
        q How do I {know|find} the limiting reactant?
        a {Convert|Turn} all masses into moles, divide by the coefficients, and take the smallest {result|number}: that substance runs out first.
        d mole :: the amount of substance with as many particles as there are atoms in 12 g of carbon-12
        d molar mass :: the mass of one mole of a substance in grams
        d concentration :: the amount of a dissolved substance per volume of solution
        d acid :: a substance that gives away protons
        d isotope :: an atom of the same element with another number of neutrons
        d electrolysis :: the splitting of a substance by an electric current
        d precipitate :: a solid that separates from a solution
        """;

    private static readonly (string Name, string Formula, int Mass, string Sum)[] Substances =
    [
        ("water", "H₂O", 18, "2 × 1 + 16"), ("carbon dioxide", "CO₂", 44, "12 + 2 × 16"), ("methane", "CH₄", 16, "12 + 4 × 1"), ("ammonia", "NH₃", 17, "14 + 3 × 1"), ("sodium hydroxide", "NaOH", 40, "23 + 16 + 1"),
        ("calcium carbonate", "CaCO₃", 100, "40 + 12 + 3 × 16"), ("sulfuric acid", "H₂SO₄", 98, "2 × 1 + 32 + 4 × 16"), ("glucose", "C₆H₁₂O₆", 180, "6 × 12 + 12 × 1 + 6 × 16"), ("ethanol", "C₂H₆O", 46, "2 × 12 + 6 × 1 + 16"),
        ("magnesium oxide", "MgO", 40, "24 + 16"), ("iron(III) oxide", "Fe₂O₃", 160, "2 × 56 + 3 × 16"), ("copper(II) oxide", "CuO", 80, "64 + 16"), ("nitric acid", "HNO₃", 63, "1 + 14 + 3 × 16"), ("propane", "C₃H₈", 44, "3 × 12 + 8 × 1"),
        ("hydrogen sulfide", "H₂S", 34, "2 × 1 + 32"), ("calcium hydroxide", "Ca(OH)₂", 74, "40 + 2 × 16 + 2 × 1"), ("potassium hydroxide", "KOH", 56, "39 + 16 + 1"), ("acetic acid", "C₂H₄O₂", 60, "2 × 12 + 4 × 1 + 2 × 16"), ("sodium nitrate", "NaNO₃", 85, "23 + 14 + 3 × 16"), ("benzene", "C₆H₆", 78, "6 × 12 + 6 × 1"),
    ];

    // reactant, its coefficient and molar mass; product, likewise
    private static readonly (string Equation, string From, int A, int MassA, string To, int B, int MassB)[] Reactions =
    [
        ("2 H₂ + O₂ → 2 H₂O", "hydrogen", 2, 2, "water", 2, 18), ("2 H₂ + O₂ → 2 H₂O", "oxygen", 1, 32, "water", 2, 18), ("CH₄ + 2 O₂ → CO₂ + 2 H₂O", "methane", 1, 16, "water", 2, 18),
        ("N₂ + 3 H₂ → 2 NH₃", "nitrogen", 1, 28, "ammonia", 2, 17), ("2 Mg + O₂ → 2 MgO", "magnesium", 2, 24, "magnesium oxide", 2, 40), ("4 Fe + 3 O₂ → 2 Fe₂O₃", "iron", 4, 56, "iron(III) oxide", 2, 160),
        ("CaCO₃ → CaO + CO₂", "calcium carbonate", 1, 100, "carbon dioxide", 1, 44), ("C₃H₈ + 5 O₂ → 3 CO₂ + 4 H₂O", "propane", 1, 44, "carbon dioxide", 3, 44), ("2 Cu + O₂ → 2 CuO", "copper", 2, 64, "copper(II) oxide", 2, 80),
        ("C₆H₁₂O₆ → 2 C₂H₆O + 2 CO₂", "glucose", 1, 180, "ethanol", 2, 46), ("Fe₂O₃ + 3 CO → 2 Fe + 3 CO₂", "iron(III) oxide", 1, 160, "iron", 2, 56), ("S + O₂ → SO₂", "sulfur", 1, 32, "sulfur dioxide", 1, 64),
    ];

    public static Subject Create() => Subject.Parse(Name, 4, Lore, MolarMass, Moles, Reaction, Reaction, Concentration, Dilution);

    private static Item Make(string family, string question, List<Part> answer, string result) => new() { Question = [question], Answer = answer, Family = "chemistry/" + family, Result = result };

    private static string Tenths(long tenths) => (tenths / 10.0).ToString("0.#", CultureInfo.InvariantCulture);

    private static Item MolarMass(Pen p, int style)
    {
        (string name, string formula, int mass, string sum) = p.Pick<(string, string, int, string)>(Substances);
        p.Set("n", name).Set("f", formula).Set("r", mass);
        string q = p.SayOne("{Calculate|Work out|1:Find} the molar mass of <n> (<f>) from rounded atomic masses.", "What {is the mass of one mole of|2:does one mole weigh in the case of} <n>, <f>? {Use|Take} whole-number atomic masses.");
        return Make("molar-mass", q, new Working(p, style).Step("Adding the atoms gives", $"{sum} = {mass}").Close("{The molar mass is|One mole has} <r> g{/mol| per mole}."), Pen.Number(mass));
    }

    private static Item Moles(Pen p, int style)
    {
        (string name, string formula, int mass, _) = p.Pick<(string, string, int, string)>(Substances);
        int tenths = p.Int(2, 60);
        bool toMass = p.Chance(0.5);
        string grams = Tenths((long)tenths * mass), moles = Tenths(tenths);
        p.Set("n", name).Set("f", formula).Set("m", mass).Set("g", grams).Set("x", moles);
        string q = toMass
            ? p.SayOne("{How many grams|What mass} of <n> (<f>) {is|are in} <x> mol? {The molar mass is <m> g/mol.|1:Its molar mass: <m> g/mol.}", "{2:Calculate the mass of <x> moles of <n>, whose molar mass is <m> g/mol.|1:Weigh out <x> mol of <f>. The molar mass is <m> g/mol; how many grams must be on the balance?}").Replace("What mass of " + name + " (" + formula + ") are in", "What mass of " + name + " (" + formula + ") is in", StringComparison.Ordinal)
            : p.SayOne("How many moles are {contained |}in <g> g of <n> (<f>, <m> g/mol)?", "{1:A <labware> holds|2:A student has} <g> g of <n>. {With a molar mass of <m> g/mol, what amount of substance is that?|How many moles is this, if one mole has a mass of <m> g?}");
        var w = new Working(p, style);
        w = toMass ? w.Step("Amount times molar mass is", $"{moles} × {mass} = {grams}") : w.Step("Mass divided by molar mass is", $"{grams} ÷ {mass} = {moles}");
        return Make("moles", q, w.Close(toMass ? "{That is|The mass is} <g> g." : "{That is|The amount is} <x> mol."), toMass ? grams : moles);
    }

    private static Item Reaction(Pen p, int style)
    {
        (string equation, string from, int a, int massA, string to, int b, int massB) = p.Pick<(string, string, int, int, string, int, int)>(Reactions);
        int k = p.Int(1, 12);
        long molesA = (long)a * k, molesB = (long)b * k, gramsA = molesA * massA, gramsB = molesB * massB;
        bool grams = p.Chance(0.6);
        p.Set("e", equation).Set("a", from).Set("b", to).Set("x", molesA).Set("y", molesB).Set("g", gramsA).Set("r", grams ? gramsB : molesB).Set("ma", massA).Set("mb", massB);
        string q = grams
            ? p.SayOne("{For the reaction|Given} <e>, {how many grams|what mass} of <b> {form|is obtained|1:result} from <g> g of <a>? (Molar masses: <a> <ma>, <b> <mb> g/mol.)", "{1:<g> g of <a> react completely by <e>.|2:According to <e>, <g> g of <a> are used up.} {What mass of <b> is made|How much <b> in grams is produced}, if the molar masses are <ma> and <mb> g/mol?").Replace("what mass of " + to + " form from", "what mass of " + to + " forms from", StringComparison.Ordinal)
            : p.SayOne("{According to|By} <e>, how many moles of <b> {come from|are formed by} <x> mol of <a>?", "<x> mol of <a> react {as in|1:following} <e>. {How many moles of <b> {result|form}?|2:Find the amount of <b>.}");
        var w = new Working(p, style);
        if (grams)
        {
            w.Step("{The amount of|Amount of} <a> is", $"{gramsA} ÷ {massA} = {molesA}", "mol");
        }

        w.Step("The equation gives for <b>", $"{molesA} × {b} ÷ {a} = {molesB}", "mol");
        if (grams)
        {
            w.Step("The mass is", $"{molesB} × {massB} = {gramsB}", "g");
        }

        return Make("reaction", q, w.Close(grams ? "{So|Hence} <r> g of <b> form." : "{So|Hence} <r> mol of <b> form."), Pen.Number(grams ? gramsB : molesB));
    }

    private static Item Concentration(Pen p, int style)
    {
        (string name, string formula, int mass, _) = p.Pick<(string, string, int, string)>(Substances);
        int tenths = p.Int(1, 30), half = p.Int(1, 8);
        long grams = (long)tenths * mass * half; // tenths of mol/l times halves of litres: grams in twentieths
        string g = (grams / 20.0).ToString("0.##", CultureInfo.InvariantCulture), c = Tenths(tenths), litres = Tenths(half * 5), n = (tenths * half / 20.0).ToString("0.##", CultureInfo.InvariantCulture);
        p.Set("n", name).Set("f", formula).Set("m", mass).Set("g", g).Set("l", litres).Set("c", c);
        string q = p.SayOne("<g> g of <n> (<m> g/mol) are dissolved to make <l> litres of solution. {What is|Find} its concentration in mol per litre.", "How many grams of <n> with molar mass <m> g/mol are needed for <l> l of a solution of <c> mol/l?").Replace("What is its concentration in mol per litre.", "What is its concentration in mol per litre?", StringComparison.Ordinal);
        bool mass2 = q.StartsWith("How", StringComparison.Ordinal);
        var w = new Working(p, style);
        w = mass2 ? w.Step("The amount needed is", $"{c} × {litres} = {n}", "mol").Step("Its mass is", $"{n} × {mass} = {g}", "g") : w.Step("The amount is", $"{g} ÷ {mass} = {n}", "mol").Step("Per litre this is", $"{n} ÷ {litres} = {c}");
        return Make("concentration", q, w.Close(mass2 ? "One needs <g> g." : "The concentration is <c> mol/l."), mass2 ? g : c);
    }

    private static Item Dilution(Pen p, int style)
    {
        int factor = p.Int(2, 10), volume = p.Multiple(10, 250, 10), strong = p.Int(1, 12) * factor, water = volume * (factor - 1);
        p.Set("v", volume).Set("c", strong).Set("d", strong / factor).Set("r", water).Set("t", volume * factor);
        string q = p.SayOne("<v> ml of a solution with <c> g/l are to be diluted to <d> g/l. How much water {must be added|is needed}?", "To how many millilitres must <v> ml of {acid|salt solution} with <c> g/l be {filled up|diluted} to get <d> g/l{, and how much water is that|, and what volume of water is added}?");
        return Make("dilution", q, new Working(p, style).Step("The factor is", $"{strong} ÷ {strong / factor} = {factor}").Step("The final volume is", $"{volume} × {factor} = {volume * factor}", "ml").Step("Of this, water is", $"{volume * factor} - {volume} = {water}", "ml").Close("<r> ml of water {are|must be} added{, giving <t> ml|}."), Pen.Number(water));
    }
}
