namespace Caudata.Corpora.World.Subjects;

/// <summary>The sky as amateurs see it, with invented stars and comets beside general facts.</summary>
internal static class Astronomy
{
    public const string Name = "astronomy";

    public const string Lore = """
        = star: Al Bel Cor Den Er Fom Gien Had Izar Kra Mir Nash Pol Ras Sad Tau Veg Zos * adra anit ekel emir iba ilon ora umi uth
        = skything: nebula/nebulae, galaxy/galaxies, comet, asteroid, star cluster, double star, meteor shower, planet, moon, supernova/supernovae, dwarf planet, sunspot, eclipse, pulsar, crater
        = scope: telescope, pair of binoculars/pairs of binoculars, radio dish/radio dishes, camera, spectrograph, finder, star chart, sundial, space probe, filter
        = skymeasure: brightness, distance, orbit, temperature, mass, redshift, rotation, diameter, colour index, parallax
        t {The|Observing the} <star> {system|cluster|field}
        t <skything.sc>: {what they are|where to find them|questions}
        t {Sky notes for|The night sky in} <month>
        h {Observing|Distances|Orbits|History of discovery|Questions|Equipment}
        s The {star|binary} <s=star> {lies|is} <n=4..2900@s> light years away and {shines|glows} {red|white|yellow|blue}.
        s {With|Through} a {small|good|borrowed} <scope>, the <skything> {shows|reveals} {a faint ring|two companions|dark lanes|no detail}.
        s {In|During} <month>, the <skything> {rises|sets} {before midnight|at dawn|in the <direction>} and {can|cannot} be seen from <town>.
        s {Its|The} <skymeasure> was {measured|estimated} in <year=1750..2020> by <person> <surname> with a <scope>.
        s {Astronomers|Observers} {infer|derive} the <skymeasure> of <skything.a> from its <skymeasure>{, not from its looks|}.
        s {One|A} <skything> {orbits|circles} <star> every <n=2..700> {days|years}{, a little slower than computed|}.
        s {Let|Give} your eyes <n=10..40> minutes {in the dark|without light} before {looking for|sketching} the <skything>.
        s {Clouds|Street lamps|The full moon} {hide|drown} the <skything>{; the <scope> does not help|}.
        q How far away is <s=star>?
        a {About|Roughly} <n=4..2900@s> light years{, measured by parallax|}: its light {left|started} long before {we|anyone here} {looked|was born}.
        q Why do stars twinkle {and|while} planets {do not|shine steadily}?
        a {Moving air|The atmosphere} bends the thin ray of a star to and fro; a planet is a small disc, {so|and} its many rays {average out|do not flicker together}.
        q {Which|What} <k=scope> {do I need|is enough} for <x=skything.s>?
        a {An opening of|A telescope with} <n=5..30@x> centimetres {shows|is enough for} the brighter ones; {a dark site|dark sky} {matters|helps} more than {size|price}.
        q When is the best time to {see|observe} <x=skything.s>?
        a {Around new moon|In the hours after midnight}, {best|ideally} in <m=month@x>, when {they stand high|the nights are long and clear}.
        q Why {does|do} the {moon|planets} {show phases|change shape}?
        a {We see|From here we see} different parts of the sunlit half, {depending on|according to} the angle between sun, {body|it} and earth.
        q Who discovered the companion of <s=star>?
        a <p=person@s> <f=surname@s> {saw|found} it in <year=1760..1990@s> from <t=town@s>{, with a simple telescope|}.
        d light year :: the distance that light travels in a year
        d perihelion :: the point of an orbit nearest to the sun
        d parallax :: the shift of a near star against far ones as the earth moves
        d redshift :: the stretching of light from receding sources
        d zenith :: the point of the sky straight above
        d ecliptic :: the path of the sun among the stars
        d albedo :: the share of light that a surface reflects
        d <s=star> :: a star at <n=4..2900@s> light years with a companion found in <year=1760..1990@s>
        """;

    public static Subject Create() => Subject.Parse(Name, 6, Lore);
}
