using Caudata.Corpora;

namespace Caudata.Extraction.Structural;

/// <summary>Finds the question-answer pairs that a document's markup states: free, deterministic, and every word stands in the document.</summary>
/// <remarks>
/// <para>Reads HTML, CNXML, PreTeXt, Markdown, LaTeX and plain text into one tree (<see cref="MarkupTree"/>), then asks each convention in turn, the most explicit first; what a convention has claimed
/// the later ones leave alone. Patterns: <c>exercise-solution</c> (elements, environments and macros named so), <c>labelled-solution</c> ("Example 3 ... Solution", "Problem ... Answer:"),
/// <c>question-answer-lines</c> ("Q: ... A: ...", tables with a column of each), <c>structured-data</c> (schema.org's questions in JSON-LD), <c>question-element</c> (accordions, toggles, boxes: an element that only asks, and what stands behind it), <c>question-table</c>, <c>linked-answer</c> (a link "Answer" to a place on the page), <c>quiz-option</c> (the option that markup calls right), <c>boxed-exercise</c> (boxes of two in an exercise section), <c>answer-key</c> (numbers matched with a key), <c>disclosure</c> (details and summary),
/// <c>definition-list</c>, <c>question-heading</c>, <c>interview</c> (turns that begin with the speaker's name), <c>question-paragraph</c> (plain or numbered questions with their answers beneath), <c>forum-post</c> (StackExchange dumps). A pair that cannot stand alone becomes a rejection with one of <see cref="StructuralReasons"/>.</para>
/// <para>Linear in the length of the text for each convention; no recursion over the markup's depth; safe for several threads.</para>
/// </remarks>
public sealed class StructuralExtractor : IPairExtractor
{
    /// <inheritdoc/>
    public string Name => "structural-1";

    /// <inheritdoc/>
    /// <remarks><see cref="Reading.Tokens"/> is what a language model would have been sent instead: UTF-8 bytes of the document's plain text divided by 4, rounded up.</remarks>
    public ValueTask<Reading> ReadAsync(Document document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<Reading>(Read(document));
    }

    /// <summary>Reads one document.</summary>
    /// <param name="document">The normalised document or passage.</param>
    public static Reading Read(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var scan = new PairScan(Tree(document.Text, document.Format), document);
        if (document.Format is not DocumentFormat.Latex && ForumPosts.Find(scan))
        {
            return new Reading(scan.Pairs(), scan.Rejections(), Tokens(document));
        }

        JsonLinkedData.Find(scan);
        QuizForms.Find(scan);
        var open = ExerciseElements.Find(scan);
        AnswerElements.Find(scan);
        QuestionTables.Find(scan);
        LabelledLines.Find(scan);
        LinkedAnswers.Find(scan);
        ReferencedSolutions.Find(scan, open);
        AnswerKeys.Find(scan, open);
        BoxedExercises.Find(scan);
        LabelledSolutions.Find(scan);
        Disclosures.Find(scan);
        QuestionElements.Find(scan);
        DefinitionLists.Find(scan);
        QuestionHeadings.Find(scan);
        Interviews.Find(scan);
        NumberedQuestions.Find(scan);
        QuestionParagraphs.Find(scan);
        foreach (var exercise in open)
        {
            if (!scan.IsClaimed(exercise.Node))
            {
                ref readonly var node = ref scan.Tree.Nodes[exercise.Node];
                scan.Reject(StructuralReasons.NoAnswer, new TextSpan(node.Start, node.End), scan.Head(exercise.Node));
            }
        }

        return new Reading(scan.Pairs(), scan.Rejections(), Tokens(document));
    }

    /// <summary>Tokens that sending the document's plain text to a model would cost: UTF-8 bytes / 4, rounded up.</summary>
    /// <param name="document">The document.</param>
    public static long Tokens(Document document) => (System.Text.Encoding.UTF8.GetByteCount(PlainText.Of(document)) + 3L) / 4;

    internal static MarkupTree Tree(string text, DocumentFormat format) => format switch
    {
        DocumentFormat.Html or DocumentFormat.Cnxml => HtmlReader.Read(text),
        DocumentFormat.Markdown => MarkdownReader.Read(text, plain: false),
        DocumentFormat.Latex => LatexReader.Read(text),
        _ => MarkdownReader.Read(text, plain: true),
    };
}
