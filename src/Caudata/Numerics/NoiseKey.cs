namespace Caudata.Numerics;

/// <summary>The key of one variable's noise: with it the noise of a unit is a pure function of the unit's index.</summary>
/// <remarks>
/// <para>A variable over one entity has one key and its units are numbered by the entity's index. A variable over pairs has a key for every row (<see cref="Row"/>), whose units are numbered by the column's
/// index; so a pair keeps its noise when the world gets more rows or columns.</para>
/// <para>Units 2b and 2b + 1 share block b of Philox [salmon2011]: its 128 bits are two uniform numbers, or by Box and Muller [box1958] two normal ones.</para>
/// </remarks>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Stream">The upper half of the Philox counter.</param>
public readonly record struct NoiseKey(ulong Seed, ulong Stream)
{
    /// <summary>The key of a variable.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="variable">Name of the variable; part of the format of a world.</param>
    public static NoiseKey Of(ulong seed, string variable) => new(seed, RandomStream.Mix(RandomStream.HashName(variable) ^ 0xA0761D6478BD642FUL));

    /// <summary>The key of one row of a variable over pairs or triples. Different indices have different keys, because the mixing is one-to-one.</summary>
    /// <param name="index">Index of the row, from 0; of a triple that of its first unit in the upper 32 bits, and of its second in the lower.</param>
    public NoiseKey Row(ulong index) => this with { Stream = RandomStream.Mix(Stream ^ RandomStream.Mix(index + 0xE7037ED1A0B428DBUL)) };

    /// <summary>A stream of as many numbers as wanted for one unit; it shares nothing with the noise of <see cref="KeyedNoise"/>.</summary>
    /// <param name="name">What the numbers are for.</param>
    /// <param name="unit">Index of the unit.</param>
    public RandomStream Draw(string name, ulong unit) => new RandomStream(Seed, name, Stream).Split(name, unit);
}
