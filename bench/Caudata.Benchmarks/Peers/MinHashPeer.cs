using System.Globalization;
using Caudata.Corpora;

namespace Caudata.Benchmarks.Peers;

/// <summary>Near-duplicates by MinHash and exact duplicates by hash, on the peers' 20,000 documents in memory.</summary>
/// <remarks>The value of the MinHash works is the share of the known copies (5 % of the words replaced, Jaccard about 0.63) that share a band: the same measure as the peers'.</remarks>
internal sealed class MinHashPeer : IPeer
{
    public IEnumerable<PeerWork> Works(PeerContext context)
    {
        string[] documents = File.ReadAllLines(Path.Combine(context.Data, "docs.txt"));
        (int Copy, int Source)[] known = [.. File.ReadLines(Path.Combine(context.Data, "docs_dup.csv")).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(','))
            .Select(f => (int.Parse(f[0], CultureInfo.InvariantCulture), int.Parse(f[1], CultureInfo.InvariantCulture)))];
        uint[] signatures = new uint[documents.Length * 128];

        yield return new PeerWork("MinHash 14 x 8: signatures and bands, 20,000 documents", "datatrove", () => Near(112, 14, 8)) { Value = () => Recall(112, 14, 8) };
        yield return new PeerWork("MinHash 128: signatures, 20 x 6 bands and verification, 20,000 documents", "text-dedup", () => Near(128, 20, 6)) { Value = () => Recall(128, 20, 6) };
        if (context.Threads == 1)
        {
            yield return new PeerWork("exact duplicates by SHA-256, 20,000 documents", "xxh3", () =>
            {
                var seen = new HashSet<UInt128>();
                foreach (string document in documents)
                {
                    seen.Add(TextHash.Of(document));
                }

                return seen.Count;
            });
        }

        double Near(int permutations, int bands, int rows)
        {
            var index = new NearDuplicateIndex(new DeduplicationOptions { Permutations = permutations, Bands = bands, Rows = rows });
            if (context.Threads == 1)
            {
                for (int i = 0; i < documents.Length; i++)
                {
                    MinHash.Signature(documents[i], signatures.AsSpan(i * permutations, permutations));
                }
            }
            else
            {
                Parallel.For(0, documents.Length, new ParallelOptions { MaxDegreeOfParallelism = context.Threads }, i => MinHash.Signature(documents[i], signatures.AsSpan(i * permutations, permutations)));
            }

            int duplicates = 0;
            for (int i = 0; i < documents.Length; i++)
            {
                duplicates += index.FindOrAdd(signatures.AsSpan(i * permutations, permutations), out _) >= 0 ? 1 : 0;
            }

            return duplicates;
        }

        double Recall(int permutations, int bands, int rows)
        {
            for (int i = 0; i < documents.Length; i++)
            {
                MinHash.Signature(documents[i], signatures.AsSpan(i * permutations, permutations));
            }

            return known.Average(k => Enumerable.Range(0, bands).Any(b => Band(k.Copy, b).SequenceEqual(Band(k.Source, b))) ? 1.0 : 0.0);
            ReadOnlySpan<uint> Band(int document, int band) => signatures.AsSpan((document * permutations) + (band * rows), rows);
        }
    }
}
