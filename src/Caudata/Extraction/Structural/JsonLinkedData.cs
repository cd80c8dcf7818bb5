using System.Globalization;
using System.Text;
using System.Text.Json;
using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Questions that a page states for machines: schema.org's <c>Question</c> with <c>acceptedAnswer</c> or <c>suggestedAnswer</c> in scripts of JSON-LD (pages of frequent questions, threads, quizzes, flash cards).</summary>
/// <remarks>Pattern <c>structured-data</c>. The accepted answer, or else the suggested one with the most votes (one at least). Nesting is read with an explicit stack and to a bounded depth (<see cref="Deepest"/>); what is malformed
/// ends the script there and keeps the pairs before it. The spans are those of the strings in the script. HTML in the texts is read as HTML. The same question shown on the page is not given a second time.</remarks>
internal static class JsonLinkedData
{
    /// <summary>Deepest nesting of a script that is read.</summary>
    private const int Deepest = 64;

    /// <summary>Longest script that is read, in code units.</summary>
    private const int LongestScript = 4_000_000;

    /// <summary>Finds the pairs.</summary>
    public static void Find(PairScan scan)
    {
        var source = scan.Tree.Source;
        var at = 0;
        while ((at = source.IndexOf("ld+json", at, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            at += 7;
            var open = source.LastIndexOf('<', at - 1, Math.Min(at, 500));
            if (open < 0 || !source.AsSpan(open).StartsWith("<script", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var start = source.IndexOf('>', at);
            var end = start < 0 ? -1 : source.IndexOf("</script", start, StringComparison.OrdinalIgnoreCase);
            if (start < 0)
            {
                return;
            }

            end = end < 0 ? source.Length : end;
            if (end - start - 1 < LongestScript && source.AsSpan(start + 1, end - start - 1).Contains("Answer", StringComparison.Ordinal))
            {
                Script(scan, start + 1, end);
            }

            at = end;
        }
    }

    private static void Script(PairScan scan, int start, int end)
    {
        var text = scan.Tree.Source.AsSpan(start, end - start);
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = Encoding.UTF8.GetBytes(text, bytes);
        for (var i = 0; i < length; i++)
        {
            bytes[i] = bytes[i] < 0x20 ? (byte)' ' : bytes[i]; // raw line ends inside strings are common, and no JSON
        }

        var json = bytes.AsSpan(0, length);
        json = json[(json.Length - json.TrimStart("\uFEFF \t"u8).Length)..];
        var skipped = length - json.Length;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Deepest, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        var place = new Place(bytes, start, skipped);
        Stack<Thing> open = new();
        var property = "";
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push(new Thing(property, reader.TokenType == JsonTokenType.StartArray));
                        property = open.Peek().IsArray ? property : "";
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        Close(scan, open);
                        property = open.Count > 0 && open.Peek().IsArray ? open.Peek().Property : "";
                        break;
                    case JsonTokenType.PropertyName:
                        property = reader.GetString() ?? "";
                        break;
                    case JsonTokenType.String or JsonTokenType.Number when open.Count > 0:
                        Value(open, property, ref reader, place);
                        break;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Malformed or too deep: what was complete before it stands.
        }
    }

    private static void Value(Stack<Thing> open, string property, ref Utf8JsonReader reader, Place place)
    {
        Thing thing = open.Peek();
        if (thing.IsArray)
        {
            if (thing.Property is not "@type")
            {
                return;
            }

            Thing array = open.Pop();
            if (open.Count > 0 && !open.Peek().IsArray)
            {
                open.Peek().Type(reader.GetString() ?? "");
            }

            open.Push(array);
            return;
        }

        if (property is "upvoteCount" or "downvoteCount")
        {
            var votes = reader.TokenType == JsonTokenType.Number ? reader.TryGetDouble(out var count) ? count : 0 : double.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out count) ? count : 0;
            thing.Votes += property is "upvoteCount" ? votes : -votes;
        }
        else if (reader.TokenType == JsonTokenType.String && property is "@type" or "type")
        {
            thing.Type(reader.GetString() ?? "");
        }
        else if (reader.TokenType == JsonTokenType.String && property is "name" or "text" or "headline" or "articleBody" && reader.GetString() is { Length: > 0 } value)
        {
            var span = place.Of(reader.TokenStartIndex + 1, reader.BytesConsumed - 1);
            if (property is "name" or "headline")
            {
                (thing.Name, thing.NameSpan) = thing.Name.Length > 0 ? (thing.Name, thing.NameSpan) : (value, span);
            }
            else
            {
                (thing.Text, thing.TextSpan) = (value, span);
            }
        }
    }

    /// <summary>Ends an object: an answer goes to the question around it, a question is offered.</summary>
    private static void Close(PairScan scan, Stack<Thing> open)
    {
        Thing thing = open.Pop();
        if (thing.IsArray)
        {
            return;
        }

        if (thing.Property is "acceptedAnswer" or "suggestedAnswer" or "answer" || thing.IsAnswer)
        {
            Thing? question = open.FirstOrDefault(around => !around.IsArray);
            if (question is not null && thing.Text.Length + thing.Name.Length > 0)
            {
                var isAccepted = thing.Property is "acceptedAnswer";
                if (question.Answer is null || (isAccepted && !question.IsAccepted) || (isAccepted == question.IsAccepted && thing.Votes > question.Answer.Votes))
                {
                    (question.Answer, question.IsAccepted) = (thing, isAccepted || question.IsAccepted);
                }
            }

            return;
        }

        if (!thing.IsQuestion || thing.Name.Length + thing.Text.Length == 0)
        {
            return;
        }

        var asked = thing.Name.Length > 0 ? Html(thing.Name, out var figures) : Html(thing.Text, out figures);
        var span = thing.Name.Length > 0 ? thing.NameSpan : thing.TextSpan;
        if (thing.Name.Length > 0 && thing.Text.Length > 0 && Html(thing.Text, out var more) is { Length: > 0 } body && PairScan.Key(body) != PairScan.Key(asked))
        {
            figures += more;
            asked = PairScan.Key(body).StartsWith(PairScan.Key(asked), StringComparison.Ordinal) ? body : asked + "\n\n" + body;
            span = new TextSpan(Math.Min(span.Start, thing.TextSpan.Start), Math.Max(span.End, thing.TextSpan.End));
        }

        asked = BlockLabel.Strip(QuestionHeadings.WithoutNumber(asked), LabelKind.Question);
        if (thing.Answer is not { } answer || !(thing.IsAccepted || answer.Votes > 0))
        {
            scan.Reject(StructuralReasons.NoAnswer, span, asked);
            return;
        }

        var isText = answer.Text.Length > 0;
        var said = BlockLabel.Strip(Html(isText ? answer.Text : answer.Name, out var answerFigures), LabelKind.Answer);
        scan.Offer(new PairDraft(asked, said, span, isText ? answer.TextSpan : answer.NameSpan, "structured-data", figures, answerFigures));
    }

    /// <summary>A text that may hold HTML, perhaps escaped once more.</summary>
    private static string Html(string text, out int figures)
    {
        figures = 0;
        if (!text.Contains('<') && text.Contains("&lt;", StringComparison.Ordinal))
        {
            text = text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);
        }

        if (!text.Contains('<'))
        {
            // Plain words: their line ends stand.
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "<br>", StringComparison.Ordinal);
        }

        MarkupTree tree = HtmlReader.Read(text);
        var scan = new PairScan(tree, new Document { Id = "", Source = "", Format = DocumentFormat.Html, Text = text });
        figures = scan.Figures(0, tree.Nodes.Length, 0);
        return scan.Render(0).Trim();
    }

    /// <summary>Turns places in a script's bytes, asked for in rising order, into places in the document.</summary>
    private sealed class Place(byte[] bytes, int start, int skipped)
    {
        private int _byte;
        private int _character = start;

        public TextSpan Of(long from, long to)
        {
            var begin = Advance((int)from + skipped);
            return new TextSpan(begin, Advance((int)to + skipped));
        }

        private int Advance(int to)
        {
            _character += Encoding.UTF8.GetCharCount(bytes, _byte, Math.Max(0, to - _byte));
            _byte = Math.Max(_byte, to);
            return _character;
        }
    }

    /// <summary>An object or array that is open, as far as it was read.</summary>
    private sealed class Thing(string property, bool isArray)
    {
        public string Property => property;

        public bool IsArray => isArray;

        public bool IsQuestion { get; private set; }

        public bool IsAnswer { get; private set; }

        public string Name { get; set; } = "";

        public TextSpan NameSpan { get; set; }

        public string Text { get; set; } = "";

        public TextSpan TextSpan { get; set; }

        public double Votes { get; set; }

        public Thing? Answer { get; set; }

        public bool IsAccepted { get; set; }

        public void Type(string name)
        {
            IsQuestion |= name is "Question" || name.EndsWith("/Question", StringComparison.Ordinal) || name.EndsWith(":Question", StringComparison.Ordinal);
            IsAnswer |= name is "Answer" || name.EndsWith("/Answer", StringComparison.Ordinal) || name.EndsWith(":Answer", StringComparison.Ordinal);
        }
    }
}
