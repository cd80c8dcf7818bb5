using System.Text;
using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Posts of a StackExchange data dump (<c>&lt;row PostTypeId="1" Title="..." Body="..." AcceptedAnswerId="..."/&gt;</c>): each question with its accepted answer, or else its best-voted one.</summary>
/// <remarks>Pattern <c>forum-post</c>. Question is the title and the post; only answers with a positive score stand in for an accepted one.</remarks>
internal static class ForumPosts
{
    /// <summary>Finds the pairs; gives false when the text is no such dump.</summary>
    public static bool Find(PairScan scan)
    {
        var source = scan.Tree.Source;
        if (!source.Contains("PostTypeId=", StringComparison.Ordinal) || !source.Contains("<row", StringComparison.Ordinal))
        {
            return false;
        }

        var questions = new List<Post>();
        var accepted = new Dictionary<string, Post>(StringComparer.Ordinal);
        var best = new Dictionary<string, Post>(StringComparer.Ordinal);
        var at = 0;
        while ((at = source.IndexOf("<row", at, StringComparison.Ordinal)) >= 0)
        {
            var post = Read(source, ref at);
            if (post.Type == "1")
            {
                questions.Add(post);
            }
            else if (post.Type == "2")
            {
                accepted[post.Id] = post;
                if (post.Score > 0 && (!best.TryGetValue(post.Parent, out var other) || post.Score > other.Score))
                {
                    best[post.Parent] = post;
                }
            }
        }

        foreach (var question in questions)
        {
            var span = new TextSpan(question.Start, question.End);
            if (!accepted.TryGetValue(question.Accepted, out var answer) && !best.TryGetValue(question.Id, out answer))
            {
                scan.Reject(StructuralReasons.NoAnswer, span, question.Title);
                continue;
            }

            var (body, figures) = Html(question.Body);
            var (text, answerFigures) = Html(answer.Body);
            var title = question.Title.Length == 0 || body.StartsWith(question.Title, StringComparison.Ordinal) ? body : question.Title + "\n\n" + body;
            scan.Offer(new PairDraft(title, text, span, new TextSpan(answer.Start, answer.End), "forum-post", figures, answerFigures));
        }

        return true;
    }

    private static (string Text, int Figures) Html(string body)
    {
        var tree = HtmlReader.Read(body);
        var scan = new PairScan(tree, new Document { Id = "", Source = "", Format = DocumentFormat.Html, Text = body });
        return (scan.Render(0), scan.Figures(0, tree.Nodes.Length, 0));
    }

    private static Post Read(string source, ref int at)
    {
        var post = new Post("", "", "", "", "", "", 0, at, at);
        at += 4;
        while (at < source.Length && source[at] is not ('>' or '<'))
        {
            if (!char.IsAsciiLetter(source[at]))
            {
                at++;
                continue;
            }

            var nameStart = at;
            while (at < source.Length && char.IsAsciiLetterOrDigit(source[at]))
            {
                at++;
            }

            var name = source.AsSpan(nameStart, at - nameStart);
            if (at + 1 >= source.Length || source[at] != '=' || source[at + 1] is not ('"' or '\''))
            {
                continue;
            }

            var close = source.IndexOf(source[at + 1], at + 2);
            if (close < 0)
            {
                at = source.Length;
                break;
            }

            var value = source.AsSpan(at + 2, close - at - 2);
            at = close + 1;
            post = name switch
            {
                "Id" => post with { Id = value.ToString() },
                "PostTypeId" => post with { Type = value.ToString() },
                "ParentId" => post with { Parent = value.ToString() },
                "AcceptedAnswerId" => post with { Accepted = value.ToString() },
                "Score" => post with { Score = int.TryParse(value, out var score) ? score : 0 },
                "Title" => post with { Title = Decode(value) },
                "Body" => post with { Body = Decode(value) },
                _ => post,
            };
        }

        return post with { End = Math.Min(source.Length, at + 1) };
    }

    private static string Decode(ReadOnlySpan<char> value)
    {
        var text = new StringBuilder(value.Length);
        Span<char> decoded = stackalloc char[2];
        while (!value.IsEmpty)
        {
            var i = value.IndexOf('&');
            text.Append(i < 0 ? value : value[..i]);
            if (i < 0)
            {
                break;
            }

            value = value[i..];
            var used = HtmlEntity.Decode(value, decoded, out var written);
            text.Append(used == 0 ? "&" : decoded[..written]);
            value = value[Math.Max(1, used)..];
        }

        return text.ToString();
    }

    private sealed record Post(string Id, string Type, string Parent, string Accepted, string Title, string Body, int Score, int Start, int End);
}
