using Caudata.Corpora;
using Caudata.Extraction;
using Caudata.Extraction.Structural;

namespace Caudata.Tests.Extraction.Structural;

/// <summary>How pages of the web mark questions and answers: accordions, toggles, tables, lines, linked data, quizzes; and what only looks like them.</summary>
public sealed class PageConventionsTests
{
    private static readonly string[] Questions = ["Where do newts sleep?", "Can I keep a newt?", "Do newts ever sing?"], Answers = ["They sleep under damp stones.", "Yes, in a cool tank with plants.", "They are silent all year."];

    private static string Each(Func<string, string, int, string> write) => string.Concat(Questions.Select((question, i) => write(question, Answers[i], i + 1)));

    private static void Check(string html, string? pattern = null)
    {
        Reading reading = Structural.Html(html);
        Assert.Empty(reading.Rejections);
        Assert.Equal(Questions, reading.Pairs.Select(pair => pair.Question));
        Assert.Equal(Answers, reading.Pairs.Select(pair => pair.Answer));
        Assert.All(reading.Pairs, pair => Assert.Equal(pattern ?? pair.Pattern, pair.Pattern));
        Grounded(reading, html);
    }

    private static void Grounded(Reading reading, string html) =>
        Assert.All(reading.Pairs, pair => Assert.True(Caudata.Extraction.Checks.Grounded.Judge(pair, new Document { Id = "d", Source = "test", Format = DocumentFormat.Html, Text = html }, 0.7).Passed, pair.Answer));

    [Fact]
    public void Accordions_whose_heads_are_buttons_in_headings() => Check("<div class='accordion'>" + Each((q, a, i) => $"<div class='accordion-item'><h2 class='accordion-header'><button data-bs-target='#c{i}'>{q}</button></h2><div id='c{i}' class='collapse'><div class='accordion-body'>{a}</div></div></div>") + "</div>", "question-heading");

    [Fact]
    public void Buttons_with_their_panel_behind() => Check("<h2>Newts</h2>" + Each((q, a, _) => $"<button class='accordion'>{q}</button><div class='panel'><p>{a}</p></div>"), "question-element");

    [Fact]
    public void Icons_behind_a_question_are_no_part_of_it() => Check(Each((q, a, _) => $"<div class='tog'><div class='tog-head'>{q}<span>+</span></div><div class='tog-body'>{a}</div></div>"));

    [Fact]
    public void Links_that_unfold_what_they_control() => Check("<ul>" + Each((q, a, i) => $"<li><a data-toggle='collapse' href='#f{i}'>{q}</a><div id='f{i}'><p>{a}</p></div></li>") + "</ul>", "question-element");

    [Fact]
    public void Tabs_that_ask_above_their_panels() => Check("<ul>" + Each((q, _, i) => $"<li><a href='#t{i}'>{q}</a></li>") + "</ul>" + Each((_, a, i) => $"<div id='t{i}' class='pane'><p>{a}</p></div>"), "question-element");

    [Fact]
    public void Boxes_of_q_and_a_in_one_element() => Check("<div class='faq'>" + Each((q, a, _) => $"<div class='q'>{q}</div><div class='a'>{a}</div>") + "<p>Write to us for anything else.</p></div>", "question-element");

    [Fact]
    public void Classes_that_end_in_question_and_answer() => Check(Each((q, a, _) => $"<div><div class='faq-question'>{q}</div><div class='faq-answer'>{a}</div></div>"), "exercise-solution");

    [Fact]
    public void Questions_in_bold_at_the_start_of_their_paragraph() => Check(Each((q, a, _) => $"<p><strong>{q}</strong> {a}</p>"), "question-element");

    [Fact]
    public void Questions_in_bold_before_a_break() => Check(Each((q, a, i) => $"<p><b>{i}. {q}</b><br>{a}</p>"), "question-element");

    [Fact]
    public void Questions_in_italics_above_their_answers() => Check(Each((q, a, _) => $"<p><em>{q}</em></p><p>{a}</p>"), "question-element");

    [Fact]
    public void Definition_lists_with_a_box_for_each_entry() => Check("<dl>" + Each((q, a, _) => $"<div><dt><button aria-expanded='true'><span>{q}</span><svg></svg></button></dt><dd><p>{a}</p></dd></div>") + "</dl>");

    [Theory]
    [InlineData("<th>Question</th><th>Answer</th>")]
    [InlineData("<td><b>Question</b></td><td><b>Answer</b></td>")]
    public void Tables_whose_header_names_the_columns(string header) => Check($"<table><tr>{header}</tr>" + Each((q, a, _) => $"<tr><td>{q}</td><td>{a}</td></tr>") + "</table>", "question-table");

    [Fact]
    public void Tables_without_a_header_whose_rows_all_ask() => Check("<table>" + Each((q, a, i) => $"<tr><td>{i}.</td><td>{q}</td><td>{a}</td></tr>") + "</table>", "question-table");

    [Fact]
    public void Tables_of_one_question_below_the_other() => Check("<table>" + Each((q, a, _) => $"<tr><th>Question</th><td>{q}</td></tr><tr><th>Answer</th><td>{a}</td></tr>") + "</table>", "question-table");

    [Fact]
    public void Tables_of_terms() =>
        Assert.Equal([("Define \"eft\".", "a young newt on land"), ("Define \"spawn\".", "eggs of newts in water")], Structural.Html("<table><tr><th>Term</th><th>Definition</th></tr><tr><td>eft</td><td>a young newt on land</td></tr><tr><td>spawn</td><td>eggs of newts in water</td></tr></table>").Pairs.Select(pair => (pair.Question, pair.Answer)));

    [Theory]
    [InlineData("<b>Q:</b>", "<b>A:</b>")]
    [InlineData("<strong>Q.</strong>", "A.")]
    [InlineData("Question:", "Answer:")]
    public void Labels_at_the_start_of_lines_of_one_block(string question, string answer)
    {
        Check("<p>" + Each((q, a, _) => $"{question} {q}<br>{answer} {a}<br><br>") + "</p>", "question-answer-lines");
        Check(Each((q, a, _) => $"<p>{question} {q}<br />{answer} {a}</p>"), "question-answer-lines");
    }

    [Fact]
    public void Answers_behind_a_link_to_another_place_of_the_page() => Check(Each((q, _, i) => $"<p>{i}. {q} <a href='#ans-{i}'>Answer</a></p>") + "<h2>Notes</h2>" + Each((_, a, i) => $"<div id='ans-{i}'><p>{a} <a href='#q{i}'>back</a></p></div>"), "linked-answer");

    [Fact]
    public void Answers_behind_a_button() => Check(Each((q, a, i) => $"<div><p>{q}</p><button onclick='show({i})'>Show answer</button><div id='s{i}'>{a}</div></div>"), "labelled-solution");

    [Fact]
    public void Answers_named_by_their_element_in_items() => Check("<ol>" + Each((q, a, _) => $"<li><p>{q}</p><p class='hint'>Think.</p><div class='answer' hidden>{a}</div></li>") + "</ol>", "exercise-solution");

    [Fact]
    public void An_exercise_like_article_before_its_container_of_solutions()
    {
        var pair = Structural.Single(Structural.Html("<article class='exercise-like'><h6>Exercise 12.</h6><p>Count all newts of the pond.</p></article><div class='solutions'><a class='knowl'>Solution</a><div><p>There are nine newts.</p></div></div>"));
        Assert.Equal(("Count all newts of the pond.", "There are nine newts."), (pair.Question, pair.Answer));
    }

    [Fact]
    public void A_thread_gives_the_answer_with_most_votes_under_its_title()
    {
        var pair = Structural.Single(Structural.Html("<div><h1><a href='/q/1'>Where do newts sleep?</a></h1></div><div class='question'><p>Mine is never at home.</p></div><div id='answers'><h2>2 Answers</h2><div class='answer' data-score='2'><p>No idea.</p></div><div class='answer' data-score='40'><p>Under damp stones.</p></div></div>"));
        Assert.Equal(("Where do newts sleep?\n\nMine is never at home.", "Under damp stones."), (pair.Question, pair.Answer));
    }

    [Theory]
    [InlineData("<ul><li>Olm</li><li class='correct'>Eft</li></ul>")]
    [InlineData("<ul><li><label><input type='radio' value='a'> Olm</label></li><li><label><input type='radio' value='b' data-correct='true'> Eft</label></li></ul>")]
    [InlineData("<div class='option'>Olm</div><div class='option is-correct'>Eft</div>")]
    public void A_quiz_that_marks_the_right_option(string options)
    {
        var pair = Structural.Single(Structural.Html($"<div class='quiz-item'><p>Which animal is a young newt?</p>{options}</div>"));
        Assert.Equal(("Which animal is a young newt?\n\n- Olm\n- Eft", "Eft", "quiz-option"), (pair.Question, pair.Answer, pair.Pattern));
    }

    [Fact]
    public void A_quiz_without_marks_or_with_two_gives_nothing() =>
        Assert.Empty(Structural.Html("<div><p>Which animal is a newt?</p><ul><li>Olm</li><li>Eft</li></ul></div><div><p>Which animals are newts here?</p><ul><li class='correct'>Olm</li><li class='correct'>Eft</li></ul></div>").Pairs);

    [Fact]
    public void Items_that_bear_their_own_mark_get_no_second_one()
    {
        var pair = Structural.Single(Structural.Html("<div class='exercise'><p>Add both times.</p><ol type='a'><li>ⓐ 2 newts and 2 newts</li><li>ⓑ 3 newts and 3 newts</li></ol><div class='solution'><ol><li>(a) 4 newts</li><li>(b) 6 newts</li></ol></div></div>"));
        Assert.Equal(("Add both times.\n\nⓐ 2 newts and 2 newts\nⓑ 3 newts and 3 newts", "(a) 4 newts\n(b) 6 newts"), (pair.Question, pair.Answer));
    }

    private static string Data(string json) => $"<head><script type=\"application/ld+json\">{json}</script></head><body><p>Welcome.</p></body>";

    [Fact]
    public void Linked_data_of_frequent_questions()
    {
        Check(Data("{\"@context\":\"https://schema.org\",\"@type\":\"FAQPage\",\"mainEntity\":[" + string.Join(',', Questions.Select((q, i) => $"{{\"@type\":\"Question\",\"name\":\"{i + 1}. {q}\",\"acceptedAnswer\":{{\"@type\":\"Answer\",\"text\":\"\\u003cp\\u003e{Answers[i]}\\u003c\\/p\\u003e\"}}}}")) + "]}"), "structured-data");
        Check(Data("{\"@graph\":[{\"@type\":[\"WebPage\",\"FAQPage\"],\"mainEntity\":[" + string.Join(',', Questions.Select((q, i) => $"{{\"@type\":[\"Question\"],\"name\":\"{q}\",\"acceptedAnswer\":[{{\"text\":\"&lt;b&gt;{Answers[i]}&lt;/b&gt;\"}}]}}")) + "]}]}"), "structured-data");
    }

    [Fact]
    public void Linked_data_of_a_thread_gives_the_accepted_answer_or_that_with_most_votes()
    {
        const string Suggested = "\"suggestedAnswer\":[{\"@type\":\"Answer\",\"text\":\"No idea.\",\"upvoteCount\":1},{\"@type\":\"Answer\",\"text\":\"Under\\ndamp stones.\",\"upvoteCount\":\"12\"}]";
        const string Question = "{\"@type\":\"QAPage\",\"mainEntity\":{\"@type\":\"Question\",\"name\":\"Where do newts sleep?\",\"text\":\"I wonder.\",";
        Assert.Equal("Under\ndamp stones.", Structural.Single(Structural.Html(Data(Question + Suggested + "}}"))).Answer);
        Assert.Equal("In mud.", Structural.Single(Structural.Html(Data(Question + Suggested + ",\"acceptedAnswer\":{\"text\":\"In mud.\",\"upvoteCount\":0}}}"))).Answer);
        Assert.Equal(StructuralReasons.NoAnswer, Structural.Rejected(Structural.Html(Data(Question + "\"suggestedAnswer\":{\"text\":\"No Answer.\"}}}"))));
    }

    [Fact]
    public void A_question_in_linked_data_and_on_the_page_is_given_once()
    {
        var text = Data("{\"@type\":\"Question\",\"name\":\"Where do newts sleep?\",\"acceptedAnswer\":{\"@type\":\"Answer\",\"text\":\"They sleep under damp stones.\"}}") + "<h2>Where do newts sleep?</h2><p>They sleep under damp stones.</p>";
        Assert.Equal("structured-data", Structural.Single(Structural.Html(text)).Pattern);
    }

    [Theory]
    [InlineData("{\"@type\":\"Question\",\"name\":\"Where do newts sleep?\",\"acceptedAnswer\":{\"@type\":\"Answer\",\"text\":\"Under")]
    [InlineData("[[[{\"Answer\":")]
    [InlineData("not JSON, Answer")]
    [InlineData("{\"@type\":\"Product\",\"name\":\"Is it a lamp?\",\"description\":\"Answer\"}")]
    [InlineData("")]
    public void Malformed_or_other_linked_data_gives_nothing(string json) => Assert.Empty(Structural.Html(Data(json)).Pairs);

    [Fact]
    public void What_stands_before_a_mistake_in_linked_data_is_kept() =>
        Assert.Equal("In\nmud.".Replace('\n', ' '), Structural.Single(Structural.Html(Data("[{\"@type\":\"Question\",\"name\":\"Where do newts sleep?\",\"acceptedAnswer\":{\"@type\":\"Answer\",\"text\":\"In\nmud.\"}},{\"@type\":"))).Answer);

    [Theory]
    [InlineData("<ul><li><a href='#a'>What is this thing?</a></li><li><a href='#b'>How does it work?</a></li><li><a href='#c'>Where is it sold?</a></li></ul><p>All rights reserved.</p>")] // contents
    [InlineData("<div><div class='i'><a href='/q/1'>Where do newts sleep?</a> <span>3 answers</span></div><div class='i'><a href='/q/2'>Can I keep a newt?</a> <span>2 answers</span></div><div class='i'><a href='/q/3'>Do newts sing?</a> <span>1 answer</span></div></div>")] // related questions
    [InlineData("<h2>Ready to start?</h2><p><a href='/buy'>Buy now</a></p><h2>Want to learn more?</h2><p><a href='/docs'>Read the docs</a> | <a href='/c'>Contact</a></p>")] // calls to action
    [InlineData("<div class='pricing'><div><div>Need one lamp?</div><div>9 euros</div></div><div><div>Need two lamps?</div><div>18 euros</div></div><div><div>Need three lamps?</div><div>27 euros</div></div></div>")]
    [InlineData("<form action='/s'><div class='label'>What are you looking for?</div><div class='input'>Type here</div></form>")]
    [InlineData("<div class='cookie-consent'><div class='question'>Do you accept our cookies?</div><p>We use them.</p></div>")]
    [InlineData("<div class='comments'><div class='c'><div>Ben</div><div>Did anyone try this at home?</div><div>Reply</div></div><div class='c'><div>Ada</div><div>Who tried that at home?</div><div>Reply</div></div></div>")]
    [InlineData("<table><tr><th>Topic</th><th>Replies</th></tr><tr><td><a href='/1'>Where do newts sleep?</a></td><td>3 replies</td></tr><tr><td><a href='/2'>Can I keep one?</a></td><td>2 replies</td></tr><tr><td><a href='/3'>Do newts sing?</a></td><td>1 reply</td></tr></table>")]
    [InlineData("<table><tr><th>Question</th><th>Yes</th><th>No</th></tr><tr><td>Do you like tea?</td><td>40</td><td>60</td></tr><tr><td>Do you like milk?</td><td>10</td><td>90</td></tr></table>")]
    [InlineData("<ol><li><h3><a href='/r1'>Where do newts sleep?</a></h3><p>They sleep ...</p></li><li><h3><a href='/r2'>Can I keep a newt?</a></h3><p>Yes ...</p></li></ol>")] // results of a search
    [InlineData("<div class='solutions'><h2>Our solutions</h2><div class='solution'><h3>Cloud</h3><p>We host it.</p></div></div>")]
    [InlineData("<button>Need help with it?</button><button>Who are we now?</button><button>Where are we now?</button><p>Text.</p>")]
    [InlineData("<p>1. Prove that two is even.</p><details><summary>Hint</summary><p>Halve it.</p></details>")]
    [InlineData("<h2>Where do newts sleep?</h2><div><p>Mine is gone.</p></div><h3>3 Replies</h3><div><p>Look again.</p></div>")]
    [InlineData("<p>As it fitfully blows, half conceals, half discloses?<br>Now it catches the gleam,<br>What is that in the dark?<br>It shines on the stream.<br>Who has seen the light?<br>It was gone.</p>")] // a poem
    [InlineData("<div class='exercise'><p>Where do newts sleep?</p></div><div class='exercise'><p>Draw a newt at night.</p></div><div class='exercise'><p>What do newts eat?</p></div><div class='exercise'><p>Feed a newt.</p></div>")]
    public void What_only_looks_like_questions_and_answers_gives_nothing(string html) => Assert.Empty(Structural.Html(html).Pairs);
}
