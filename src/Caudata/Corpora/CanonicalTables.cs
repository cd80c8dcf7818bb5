using System.Collections.Frozen;
using System.IO.Compression;

namespace Caudata.Corpora;

/// <summary>Canonical decompositions, combining classes and compositions of Unicode 15.1, by code point.</summary>
/// <remarks>
/// Kept here because the framework's own normalisation does nothing when globalisation is invariant, and depends on the machine's ICU when it is not: the same corpus must give the same bytes everywhere.
/// The table is derived from the Unicode Character Database (Unicode License v3), packed with Deflate: three lists (decompositions with their full expansion, classes, pairs that compose), numbers as differences in base 128.
/// </remarks>
internal static class CanonicalTables
{
    static CanonicalTables()
    {
        using var unpacked = new MemoryStream();
        using (var deflate = new DeflateStream(new MemoryStream(Convert.FromBase64String(Packed)), CompressionMode.Decompress))
        {
            deflate.CopyTo(unpacked);
        }

        ReadOnlySpan<byte> data = unpacked.GetBuffer().AsSpan(0, (int)unpacked.Length);
        var decompositions = new Dictionary<int, int[]>();
        int code = 0;
        for (int left = Next(ref data); left > 0; left--)
        {
            code += Next(ref data);
            int[] expansion = new int[Next(ref data)];
            for (int i = 0; i < expansion.Length; i++)
            {
                expansion[i] = Next(ref data);
            }

            decompositions.Add(code, expansion);
        }

        var classes = new Dictionary<int, byte>();
        code = 0;
        for (int left = Next(ref data); left > 0; left--)
        {
            code += Next(ref data);
            classes.Add(code, data[0]);
            data = data[1..];
        }

        var compositions = new Dictionary<long, int>();
        code = 0;
        for (int left = Next(ref data); left > 0; left--)
        {
            code += Next(ref data);
            int second = Next(ref data);
            compositions.Add(((long)code << 32) | (uint)second, Next(ref data));
        }

        (Decompositions, Classes, Compositions) = (decompositions.ToFrozenDictionary(), classes.ToFrozenDictionary(), compositions.ToFrozenDictionary());
    }

    /// <summary>Full canonical decomposition; Hangul syllables are not listed, theirs is arithmetic.</summary>
    public static FrozenDictionary<int, int[]> Decompositions { get; }

    /// <summary>Canonical combining class where it is not 0.</summary>
    public static FrozenDictionary<int, byte> Classes { get; }

    /// <summary>First and second code point (in the upper and lower 32 bits) to the primary composite.</summary>
    public static FrozenDictionary<long, int> Compositions { get; }

    private static int Next(ref ReadOnlySpan<byte> data)
    {
        int value = 0, at = 0;
        while (true)
        {
            byte b = data[at];
            value |= (b & 127) << (7 * at++);
            if (b < 128)
            {
                data = data[at..];
                return value;
            }
        }
    }

    private const string Packed =
        "rZp7VFVXmuA5517P5ap5aUqjVsfUY/Ws6uk10zXdbc9UgbQV6cROVZxKQqdT80+YhEqsJFJtQqXMdE1d3iD4QEFEVAQUuCIPUeQhgqKoPFSUp4iIgIAvVHwj6ny/fc69Pqq6Vq/VE5a/8+39Pfa3n2efu7L8xX2aPs9lCMJBBIgEcWCZoeuv" +
        "54oUiEkgJoGYBKJdQN0C6hZQtyBOjN/GdyGKhSgWolio6uIMmx6EIghFEIogonwQLopgFMEoglEE4xGMNpgMPiKDEExCMAnBJATtIuoWUbeIukVksBjfUBShKEJRhKo6MghDEYYiDEUYUZaGi9tS1d8omgTzYpDAvDwk8DpuH4HX8f0IvB6L" +
        "BF5PRALzwceJ0logoUJAIKFCQCDGISCQoCEgEI8Q8AZBPwFvYPwJeAPjT8AbDMQn4E1MPo2QNhbQt0VgAQ0tAgtwWwQWEH4RWBBr2PV/xO1X4C2ifJYrPf8pPfoc/JS6z8FPyeXzRGOC/jaKxeBtFIvB22gXJ0q8hbQWChbSWihYmICUIKm9" +
        "g9sS8A5uS8A7+C4B76L4ErxLQl+CdzH5EryLyZfgPYpfgfcofsXABtHfMBBE42EgiMbDQNAyJBBELmEgiDEIA+/T0NfgA7BUScz+L8jlG/ALBvsb8Aua/CbR+K6+MJ1upRvP60FIYenGn+nz0AaDBWARWAhCQRAIE9hkoUuGtjDzIaVwsxRu" +
        "lhLNkmXpMksuQ7fNMx2Czce8WLOkHvohDQ4KbfobtPQJeAt8pvKgr6ECm0j4haqHXmZDu3oC/BVz+AY9/oRd+DabYzHty8Ynt2D1kKbCVVOwU/Gu4ryVdB/MS0ICgRRDQCDFELCA4iKwgOIisJBiKFhIMRS8Q3EJeIfiEhBEMQwEUQwD7+aw" +
        "NsB74Kscyf1N+vNpouHQ5zFvwWqDqXMjlyEwRzDUfMiBpErqoS/ENDSWenOAQ80B/gAsjTKW65oMiXRY19ZIDbP2V1rFhInajx16nhqHJIdQK9M0PQVJT1VMc3CuZChuVTVuaKtwEGKm6Fl0WxV3KH2pYplihbKts2wrlFWdYo3S1ynWCyfo" +
        "J5V8UrR/qaf4MokpvhyFa3zDZX5jRJ6gr/fFZp3SZvvGGJNEjjFe08uF0/VSVV+qvHYqr3blVam8ypX2gFi+ot/0ZS5uCf9RX+vLbtstfF5fpeRixVW+cUrmwE1RNaVCm97ppP6U4lpls1sxVbFM2a/zjVItRqls45QMNylWK5thFeGCYoGq" +
        "P6qYrbwOKGarmgNWfYKSYa6qOazi5Cu5UejW9dzJLZNFPblVeEQxd3KbsEHk9Zre9lzrZF3fL3xJPylst+t5U6qm+OrFQpu+U/h9PUUoXVNMVdygmKmYpZivWCT8XD88tXqqJDO1Y+qLeubUKpGzhLpeJHxPL3m56mWbXi78nr5WKDEVN6j6" +
        "fOFFcZ7WPs0mrJ6G3DFNAk2rEjlL+Hf66ukd0+foh6ZXTxet4iGp+Vf90Cvtr/xWr5nRNsOhHxJK/Yz2GbqwdoZmg20zfq8fmlk9U/wUD83smLlCJm9WwyxdeHyWZoMNs6g7O+u8rte+WjZ7ot4knKCfUGxXPC18Tt/3aqlor786+qouvPmq" +
        "ppfMds2W1SZ0So1r9hR99WwibJiNV6ZijmL+bCKsml06+wt962uFr/V+S4+eUzpH12MV4xUTFJcL7XqS8Ad6paqpEtr0aqFsHVVTK9w7QZ+3lXMC/IQT4H+Dn2QjgZ/sQBLY5P7DVvxIPfT5mH0M5mP2MZiP7cdgPifOx2B+AZLAJpcAjtQQ" +
        "8yGlcLOkLlNYhYDAYqRiLHKNGCzUQ/8HmvqlevmzrD8Bb1L8FLxJ85+CN1nKn4I3af5TdUkoRAILiL6I6AvMt84i9dDfAp8piSCfgbfoyGfgpxQ/F9hE4mT8XD30n6L8XFmQ+ufgZwT5AvyMxL4AP8P/C/A2xcXgbYqLVR0BFoO3CbC4wDyZ" +
        "w82TOdwsxZklHgvNAQw1HwvNcQw1x/F/gl8riUZ+Dd4BS5REc0voxztmP5aY/XiHxpeAdzH7EryL7ZfYyv2El8KX5kPuI6pkPsRKldRDfw98pSS8vwLvEfYr8B69+woEbeENBoKYjzAQhCKMvgeZnQ4zH3KvodNh6qH/E1ed34B/IvhvwPsc" +
        "yl+D9+n41+B9jL8G75PO1+B9jL8G/0zxt+CfMfmtun5TXKquOlyEvgG/wPgb8As68A34VPVHheditZR7+SM9Vt4R8zAMBvPikeK5P0SY9wfzISWXWXKZpXizZFlGmiUeEiuCkvmQS7iKYj6k5DJLLrMUb5bizVKkWbKixJhR1IWb1EJAIPmF" +
        "gECGMgTbQDPFEPMRaKYYYj4CzRRDzEegmWKI+Qg0UwxRD30BQReBBTS0CCwEoUpCEUqMhWYzoeZjodlMqPlYaDYTaj4Wms2Emo+FZmuh5kOuoiqK+ZCSyyy5zFK8WYo3S5FmKdIsZZslsgoCYUoivzDsg8yQYeYjyAwZZj6CzJBh5iPIDBlm" +
        "PoLMyGFm5A9YlEvBBxSXqjraWAo+YOyXRspNbYdjjbr7JIsrsks9k63nGpUD5XCrXGuVa9Wda40ivkmWb5Llm2T5Jlm+SZZvkuVbqnxLlW+p5Vtq+ZZavqXKV+4vyjZF2aZYtimWbYplm2LZlinbMmVbZtmWWbZllm2ZlVOZlVOZlVOq8k1V" +
        "vqmWb6rlm2r5plq+qZZvquVboXwrlG+F5Vth+VZYvhWWb4XlW2H5pinfNOWbZvmmWb5plm+a5Ztm+aZZvjXKt0b51li+NZZvjeVbY41NhrLNULYZlm2GZZth2WZYtnXKtk7Z1lm2dZZtnWVbZ+VUZ+VUp3Lipp0sH05blbX5DLeeteq+vEaR" +
        "yPVW5Horcr0Vud6KXG9Frrd83crXrXzdlq/b8nVbvm7L1235ui3fHQ7XE7d81xN3fdcTN36X594vY+p64qbveuK+77Ju/Ta1I+qsHSFPu7mDTCnZK5GXpy7cW1frrVOS2iF11g5Bk+SNleSNleSNleSNleSNleSNVWbFKrNilXljlXljlXlj" +
        "lXljlXljlXljpVqxUq1Yqd5Yqd5Yqd5Yqd5Yqd5Yqd5Y9VaseitWvTdWvTdWvTdWvTdWvTdWvTeW24rltmK5vbHc3lhubyy3N5bbG8vtiSWrIkYxSs2ly6ozZxYvXUrmyWfaJyn7JOyFLs/3p1BstQqHTb5KzZPFjFXmMGfDjFXmMHVmrBTl" +
        "7/lqdXm/XVPx0WsC1CoMUCsywDxpYhSjrO9Yl/d71ia1tVbJPFdiFKMUXd7v4Ycq5kMV86GKWacs61TMOium+d2r6fvVntvPnhOLWktTq76bYxSjFF2KeGQq2zw+2c2vc+1Dm63eGop6h7kAzKGod5jb2xyKDBUkw/pQd3k+14Wi1XZpNi3i" +
        "7zUt8u+36prbYdfeUr+OhuqrXi/n5xThVD1ZOFtvVjWtiieFf6tHzi+Xe1Kc0KYnCF/Rs4VyVgln6VWq/oBinao/Ipyu+yOeE3GSfnQ+wfzAXDCgyueVy6iSbyj5tpLvCB36mJLvq/qIQOTIQOQYJccKv6dnKTlP0a2YL/yhPq58HygmqfrV" +
        "gcQsUfJOxV2KpUI/Le5DTYv/sOQF/UxQuXFtot74YVqwrh9VPK54QrFFsU2xQ/GU4mnFM4pnFc8JbfqAkgcVh4UO/apQE66XmlEljyr5lpJvKfmuku8q+b6S74s8XT8k8kR9Y3Ba8PN6fjAxCxSLFHco7lQsVSxTrFDco7hXsUZxfzAZHlTy" +
        "IcUjwWR4PJgWjwfT+kkln1Rym5LblNyp5E4ln1by6WAyzFExr6qaa4rXFUeFdv2BMGKVTTuyTte0m0c1TWvYKNKRNMGJM1Is2SA4nyvYUKNbOFEixRPZIsXmi3SE4u0DgguXBdGPBDWJoq1cKbibJFiZKYhoFUV6l+DUOUHPkGBvnCguZgmu" +
        "78Rko9TdyhFEtWM8ICgg1KYqQXOlFC+dFRxNkOLAakF9nRQ7I0XKWCVo2CvF1GOCizQ0fl5wjMZjMkQqy6bdrYKD9YKWNsEq2hi6Igh3YUdr3eBquqCkEGm3YGyPIPG62D0aFWy+L6iPlbqoHMEj8mtPEZzdQfbVgt67gocE7aONBnxrGdg7" +
        "BYJO7PrKBWsYl67TgpU9gqIxMh0XNG4Xu5OkmxBOVmTfBDbcFFSTwXUyuIWdK1VwnNFQ4/yQXCqYvKEywep9glhG/NpFRoghvk9CNYyLu0awHOOmU4K7DYIs0jjAxPcUMzgj9JfZ2kbkyg4pFmeIFIfHQ9o9Hy3FzYeRaKOQubyQhRs5h58g" +
        "l3uCq1F0iyjHWUO36GBtnuAGC+kyM1jXSFBmehuDXZDPKtklSN0rOAbScTvEir3DUunbxAKuYkJZia6DgvVMcjZjWt8niL/ALNwQ3GTorjIzObiNxAuyN7N8mMvULbgRfq+b5c1irU3y9Lye/G4xYPcP0UsGopqZvjUoGKDT9wo8w165h9li" +
        "7EsY+wvDZMX+OETju7YIbrMYjrDM1hULEpiPQpLcxeCUoz23X4oxRO7KFIwQuYaVk9bome5j/STJ9hunM+N0Zjl7NY4RKmSBxNOj+2yNG8cF+9kfG9ji8WR1iim7dI3xG1NzLh5XmLxCRvIuAfI30yR78CKLdRtDl8BAHKxlSTV7VlgMObsZ" +
        "xJXM6nm1xptIksbzWAfnWTQxtNt3iQF7KDjOEJ8DTfS8jyg1rNNKktxIqGZ6uY5pHOMAyMako5y9z4pIpVuNpDbMedB4i216m8XPqtvHUZDGXHauFe0+hnN3DEuZTGNBDlPbwlJuxyOacd7EMO1iEPfQ3yYOmaOMRsIaQQse+ximffnyNu8q" +
        "1nTtZpNIPSz5bayIBo6WKlZxDzgPVjK/7cx5NQ3tfSRuqxN1Xbubotu0cibvQaZu167uYC5BXgnrhSOoh9OsjJ4XslSGWBFH1S5jfgfACUZtI0dzzHZGA+xjE+dx5gwwHyMgmXU1zOStYM+MguPs/T7WVRKdjma27jAG67s5FNhMI2ymfI60" +
        "LGYwiWOkmm7VgyOgGbSDM2A5/V0B9nFyhTMz++54NmI8Z91+MMo6iGZrXGEG70V50MHBs4rzfi3DHs4MVoAWztO49YLdHEZq6PoZnEdFgj2s4ltsv5Fop6ycKBndHI65UqZnmFFzMYh1SqLuMOM3ttUzfm3bWDRIfaCLQdzJIB7kqGoFfbsY" +
        "2N2CkyyGU+ACx38BW6OTIT7GEMd5x7m31jPYu9hbBzkxNxwhAGhnAm42eV5j6aAd3OOYU+eu2rqn2RWNZzyTsqnXMzO5V+kg01N03rMIrzNRMWzxPWAjB0XGZc/qPA1uggZO+X2giVnd4Z2o+5xwp8c8U1btnaiTbKGrvIXurRDsZ45i1ngm" +
        "qoYT8y5oTPHMm3ozXUnxzOCyVM8MlrPBRpnBNA6A25yO49s9E6q2y+kiz9QmFHvmd/Vuz72kodlXhhO0DQk2fi1T7pJEK0D9FlkBzRWClgeCA9XisKJGn6+fmrRrklz8JpVNmqRfmLR/kiasnaTZLkyqoqSeUtabxQKWK1YJTyieVGxRbFVs" +
        "U2wXyrVMyacUuxRPK3YrbY9ir6o5p+R+JQ8oeVDJQ4rDihcUL1qtVKgcalTMGuVVM6npL/S0THtlpl3X09XzBX2rekbKF2CWPTfLrukl6rnBrh/OsVfnSIU8O3LsV+Vi6rZXuqVCnsVuuyrvddvHNb08316Uj0I9Hxh6aYm9uMSec00u3VmO" +
        "81kOuXqaT5v5HHksXn0sXnssXn8sjmY53tcrss0wlebTZpZVmMrHoll79XGtiPua7NpednU52A+yImT+ezdp1iG5B0Tw+hpT77BMz8F5HGxaJPsq0dc6RlvBALgDNiwTRYVYDFFazhnRSFUq0hZ1I+NNsj3bc6qczZ4oZw5SJO+Us+K6B+EQ" +
        "GAV3QMqvrMPm8bGtjp1ozu6YHM8drT7Hc553gRvgAXj0NLYnS07XOAMauLKdBf1rpe4S0nUQwxt0EzeacqQjYBhkUXcbrOK4awH9ICrfA3UE5oOdoBasLfS8YFKRTiDd3O55l45wSh4rog4s5+RMQCpB2gG2q7eRW5IcRboDYjhS14MsdbiC" +
        "vAIxuQgu7+RE5MDNBZ0UB5FGvpCjQv7FcQ5Xe3Fkpzgd4DXeWea5kt0A63aL4hFSDC/CFs7rLKTwUFk33hfkvgpSBwN7iMTdZxBpRH2JgHFwjmteHyj6tcwPQh5X0b3gAuiT+sgD4jkuQjHviJ1gN1DfLKsPy7J5iLTjkK+FcF59WSo3cPhf" +
        "ZOrOS33XATnA+qi6BPqlfj0vm6OgA9wD4bx7KpfIGl5ivetbj4r3YaQjvIOaaj0vJyWNed9QJWALKAI93tuB+spbxVsrHZwBO7gwtYJmLsSJ7dLGXqRx6oaRInnFDYDrHaLN4j1XR9ENCr+SQaLqIdjIpf0O0uWvrOvIZbCsVzz7uZjc5WJS" +
        "zxsy7TfWNSVOhIEwGUX2XQpw8crcgK6Ab6dTsU+9UDNBD2gBB3hd1EuMMa6Q0eBks+f2c2VYlCuQMqhLPqmZr5ZahOwWrsMgj4/J7Ctiexpp3W+lFd7YudelqhXpmFSNImR0eN7ke8DyW2KRUCkYQzrWyYXxnkg13JKPgiHq1vLar+7yXMjU" +
        "LeACuAuiufhuGhO3XRSLuK6NgJ3fWPeEw+DEA7G4h+0I14aeh3TukeAQX1sVvZ6rRDpY+39kdSI8AHdAATforZyAdVw2+qNkKW7gWp4fK1LegOfu0QziEqXOxS0kBZSukGLyKsEYl5IEPha2/07CIZT/zvx3mKtK97Dn0hKtPtpA+v+VNcnt" +
        "Zfc6iVCNtDrNaX3QZrC3VnGjycyQunJwcLNg/PeShstzv7mRKVWjIC1LsBNs4rqT4YW6AqkbQ8JV9aHGOISrLxAxPsYXkvoVQF2Q+lHkbHdal931BSLVAXXDvwSKIjzX3gZwHIyXiEluqQcjXLMiohjEMike4sJVD3Kpc3FnOcl3wuZoNhRS" +
        "P3BxHYupEW0/UngMc8ztLIK7dB3YRV3eQTE5DE5RPFXHBHCBqz4kUgqfo2OPPPe5rnqpy24Q9FLMa2SEkc4Ocq9iG5WwoSIjuITFEQWptJR0j4txKVjDhtow5DnDosAmLuiX8Ejih4IEsBHs5L23Q0lgLxgEVe1O61eFjdwy+0EBV81spL1I" +
        "Q7Ger4MW6hooNoFusLtTAlzqErSdEuQvY1XxfXwDrF2Gx5AoBpC294h0BpNzYMdZhv0cASg2e38XGgIXgHs5V1ewgrtv33LPLTgPXAIx/ATWkUBQpHA+H+9R7EXqB0OXpY0Ovnt7QGki84G0R64OhddFOTjKgl/O9ILN3gu0uju38dNd3j36" +
        "x8fQfpDOffoOKHooiqhVMhON/J5VBa6lq8Y4lzZ67t0nE+T9cwUk84F5HSTxu1zhCqlLRyrnQt6xld+uwDjFe7mClDx+H0sVuwR+qElZww9Y+SoDqRukeIArfAkvxmzu8XVZoli/RTCSzGsF9HKtX5YndSUp7Dn3ROuWr+AGu/Olro/v4Z1r" +
        "eXvwUZzL74a14CE4lsoPU7snWt8F+/h14EEFijTOcjBUSXG/mNylGF0r0oqDgqQ6wR5+Smhfz0sU6SGI5mNhJVgL9gBX08T1DpcxqP17/4a1butvWOv0yt1ag/z9Mfnpv8f/eWqejX9N/j2pEUn3Slb9sPW8oF2UPw//zZyTda+4TH/cokfq" +
        "eSaLJ/N9bNejDQgnapO0ydpz2vPaC9qL2kvaFG2q/L2sfUubpk/XX9FmSFPd+pQFz+bwqjZbe+2Hs7Rva39mytp3tO96Wxt8Jqful773y6f8bU/oka1edH//+7MHn8rSk7WHj6M++W8w85n0pHJi9wyrpP/BAOrP1P+lasb/6Yka/M9/bAj/" +
        "xFLSn078SU9zoAaf6ZjX09/xktNuaT4V+YeDc4Wh1j+Xph6+72n/65fyXOzUnC85f+dc/In2ieZ8/jNN/X3xG+03UvpGU38/k/Df7ta79c7/Hq5F6FFGhKb+bBGq004Y0P0vDl1ivdvdPEFlUeqQ0mznJs05abBJG1glS0RyUmP8pvNbz3TW" +
        "1v3DP7HC9O4/1s3H8i8dLzr/0+Czw/l30v6PHZOF8x1p1phqf7B4LVnXnvxvQrdjUEZw8PDT7TzV7kWtXe3lwf9vf8OyhwYkZpfau2qkTqix5D+PkeYpTRi0m1K3Vevty6PpynSF5gz+D6aUb++SjIZl6nq13l/5ar5tl2j4Dw2/I/9+Lv9S" +
        "dOefO9dpzm//O4L/SKX7584PHc85r1n7p5vta6jd9LfOO5pzxyZtZoQx+G8eQGoqjjm6+7XutY9N1jwnh+IPGJXuCc4cXKrtliqKBn6uXN/ofuYEUH//zSrt15x/4XzB+SOn5vgHZfRDWUgBjp85Jzo+k7qdmkNz/tyhyQ6a8VR6dq90THPa" +
        "Ha8MfizW45rg986vhV85V8g2cUSyVyY4NmrO95xTne84c2zOSF1toHec22zyKEx9vBz9nmqh0mloRoG81A7/oFPrNC3sfVqn58/5zFvF9tTQzbbkFPNRNeuPHGV/6s/2B/aPfUKePTnv6oNzLfGBbVi9mAbPOZ7KbvGTDo4Ch1+5MTJfKzd6" +
        "wdX5NpexT/MJN/ZrPhFGreYTaRzQfKIMl+4TY0ToPrFGjt0nzjio+cQbWf4+y4w6zSfROGrzWWm47D5JRoTdJ9vY7O+z1XD5+eQZckONNSL8pC7Kz2eHEeOnhRsxukSOI9QyXXwTdZ9cQz5YpegnxRW6GCf6Sd0qP58CYzVuK/w0l3GErOrJ" +
        "qoGsqvwlq9VklUyotbpk1UhWlf4SZb0uCUWRUAwJlftLvDy7JLROl6Dr/HyKjfV+0uQmErppk6AbdIm32U/ibSLeZlIbtImb3NEijC3UZflJGzkkuYmgW0gyz8+n0NhGfk3kd5T8jpFfHvG2kd92fIvJ7zj5HSG/4wxYHPktI1SDv6RWqEtW" +
        "2/2ktV26ZFVMQ8M20ZbQ0G5dBmIX6VaQ2l6GaTeKPfSoimGqRFvtJ63tY8RryequTbI6oEtCJzRRHCToYXwP4VuHbwO+RzA+SRda6EIrXWhj4pvowjG6UMjEt9OFY/4+CUYzaZygH4n0Y4XdJ93YTLpNdOaiTXJpJZd2P10kAnTSeCczswqP" +
        "1fS8izTa6VsP2XexNrox7sW4l0z7/HxyjHV2sethNV1EMYDiMor1KProxzX6MUI/TtGPLvpxmn4MMxUX6cdlZqGbLgyydkd06cc1+tFCP5LJai39KKIfA/4+W4xRVvEo4W+zaG76aZHGOKP7kIZc/tJQhL80dJOcY/wlfJS/aOP8Wc8UE/3F" +
        "bhS7MyR0m6m4y9otsYvHCkzu6pLQbdxu+ssY3GMMVvmL9j6pPaCrq/2lb8n+cjPupW/nCNVH3/qZo3D6FkkGuczRAB3MpoPn2ZzH6Fs4fYtkxDPZnOF0K5rhjKQz0QxdLBMQS+PxhEqg8eVsziE2ZwLDvpJcljNlSWzONbitZCCGyeoCWV0k" +
        "q710cA1ZpRAqlWG/RFZ7WPzpLIFoEooloQo2p5vNmcY4pzHO6WzODBK6xebcyAxmsjkziJdJakNszmw251bqstmcuSSZQdCtJOlmc+aT5Fpm4TJJXiHJEZJ0EzSfJAvI7yr51ZNfMwMWT34JhGpkPRexOQvYnKU0fo3lvYPWLrBUdtJaGau4" +
        "lJwrMalmrMpQVNGtvaSxB20Nu2I/w36AobvHDj3IsrjODq0j6BF8D+N7CN9GfOsxHqULN+jCTbpwi9k/SheOMwZFzP5t+nGcHXqCNE7SmeV0ZiUrO5N0j9KjS3ShjVw62KFtBDhF46eYniQ81tD906TRQd/Okv1pFsgZjM9hfI5M+9mIaWzE" +
        "syypS0xFKiN5Hu0VtOlo++nMdTpzVfWczozRmft05gLzcYnOXGE+xunHEKv4Ktv0Op1ppTMppJZKZ4rpzHm26Q3W8w3C32H53GKbPmCIH9FQONsvkm16i8Rj2XTRRF7HpotnryZQt5xVcgPjB2R1h0m5x1LeyV5dickjsrqDbxq+t9iwYwxJ" +
        "Eht2nCQf0uk1bNgU///iMq4ESLxoh0+tsT9gpsvIIfwWf4m8zV9C5fnL7b6HqRgD4zZprQ8pzo83McbVGB/EuNZ/QrhR6DdBTmoUzSjaUbSSRpOf+G5nCRzz0+TdY5dZfWizu4zTrLAOIrfZmF+b4TJyCbCVAPkEcJPGWdq9Dx5g3I8UTxr7" +
        "Ma7BuA7jA6RRRBotKE6g6EDRRhpHSaOANI6TRj5pPCKNbtLoJHI7aXSRRjEBCgmwiwAlTMAO6oqoK6Vup/8LLiPZT+rWMpcpSKl+/8NlNCOdpO4EUovfc7HGAOfGeb8JscYg0pCfI9y4y7K956fFGWPgvt/LsUa6/3ckIRrqoqFeGuphQvvI" +
        "4AyK0yjOoTiLot//eZdxEcUwihEUl1Fcw+MSigsorqK4guK6vyPRGLH9dZRx2SYDccX24yijF+mcTYsxNvgJNvpNiDKK7VK3w/5RonHV9khiVbJgYhwyThUBshnKA3zWGHFzfZKN+Lk+dUZVgAzlEUziHKJYhyJtru4yGqiLpy6POjfGTQGi" +
        "6EKxjHiniNcZIFOzDbty7CrmyjTcxSSRuiPU1c/Vk43LNHQRxQp8L+A7jG++Q0xOzRXtGNqVuA3jdoEmxwNsdcauAL3OOBggS+faXDHZToAdBCimMy6Mw+fKjtgdIB47aWgUuwJCrUKbRI9uUldI3WbqMvE4hMcBunUbbRGRTxC5mdQaMC7G" +
        "eAfG7QH0DbsmFPtQ7J+rrzEGAkQ6T7tjaI8S5RxReonSiHEzxieIMojdOHbHUPSiOIfiNrncCODixECsYo93UOyjWExxiNG4GWCX5emQyK2Ov4kzYn0nSrpOKZ502uRc8pXOuHyl8Xbqwn1lXexH6nbKau1xSrzlvpwKTjFJ8+X97pQtlehr" +
        "jzMGnbJ+RlCsQHHNKQflqFMUN8Fdpx5nXHbaYowTxGuhtRZaa6a1DupO0Fot0hlaO0trZ2itn6AVBD1Pa920NkRrV1H0oLhOazdo6Ba4R2tXnM44o8P31ZXGbV9tpXHH96M4o4vIp50vxBkXkS45q/WWyVmTfVonZ0/2aZu8dfJ3Widvmay3" +
        "Ts6Z/HXr5NrnXmqd3PKcrXXyvuda7FVT3FN8q6bsmGKrmrJrSrJWPbVxqk/H1KapLlv1tMZpPu3Tjkzz6ZjWNO2tjunJ0/+menrDdJ+O6U3TterpjdN/3/7KkVeWts3YN8NRO6Nhhk/bjMMzfNpnHJlhb5vROONfq2c2zPTpmNk0U6ue2Thz" +
        "tdYwq2uWz/FZ3bN8zs7qmWVrmHVmVr298LWc13q/VTonZo5eOicOLAOJYMUce+mc1XN+UDpnD8W9YN8crXTO/jm20jkH5tyU4SrnDKzw+16U0Y10xs8RawxzNF3w848wtvvLYO72l1tFAVKZ//QI4xDFw/5TI4xOpFP+f+0yIlh9Uay5GPaY" +
        "i0UWSV00dbHUhQdodUYEiARRIBrEgFg8luGRiMcKPOKoS6BuOXUrqYvHeBlIAIlgOVgBVuKxGo/kuSKtQUqZK5fS9UgbqEtH2khdFtIWIucQeRW+2dRtpS6XuiSCrgZrQDJIAWtBKh7b1PmBRyEe66jLV2cFdUXUpWG8HqSDDWAj2AQy8CjB" +
        "Y5c6cUhyJ8VSimVkWkmximI12j0U91KsQVtL8SCKA0h11DWoM4W6RnV+UHcSqVUdOyhaKLZR7JjrK+9gimconsW4j+KAOl3owmaS7KfuPHVD1GWSfRbIBlvAVpADcvG4iMdlPEbwyKPuEnVXqLtKnRvjbSAfbAcFoBAUgZIAe51RG+BbZ4wG" +
        "/KjOKAtwuoyjnGDHAiTK8QBHnXE44K/qjDsB0o8zKHpQnA1YbSs31r+ulxvpoPB1v3LjKNJxcOz1/1puRM2fUG7Ezxe7xPmvlBtb5osiZ/70cmP/fEe5cZDiYbT12F2Z/3K50UfxGj9FXJ//XLlxE+kWdXeR7iG5AkUKB73gXKD4RiFFB4o2" +
        "Dik+cKKEQuoPfLHc2B5olBsFFAsDpcmiQGn8IsVL4DK4Epg0Ky04OXhCWnDTh3pa8DHQDE6CVtAOOkEX6AY9oBf0fWhLCz6PNAQufOhIC772oc/64OsobiDdRLqNdAfpHtIY0jjSgw+/mxa8KdiZFnyTNLYHS5RCUAxKwC6wG5SDSlAFqsE+" +
        "UBss8eqQDoP6YEmjOVjCn0DRgtSK1I7UgXQKqQupG+lM8MtpwXeCtbTgu+AeGAuelBb8MHhDja0y074+067LY0OmfaI88jPtiVpulr0wy86jKMuewv/91Jhj9+nIsTfl2Ef1Yre9Sr7vKt32PfLY67ZXu+2PtKJ8e2W+nceefPu4UVxiLy+x" +
        "/z8=";
}
