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

    [Theory]
    [InlineData("[Run Code](https://repl.it/x)")]
    [InlineData("- [Run Code](https://repl.it/x)")]
    [InlineData("Run code at [repl.it](https://repl.it/x).")]
    [InlineData("| Previous | Home | Next |")]
    [InlineData("[⬆ Back to Top](#top)")]
    public void Links_to_run_the_code_or_to_other_pages_are_no_part_of_an_answer(string link)
    {
        CandidatePair pair = Structural.Single(Structural.Markdown($"## Problem 3\n\nWrite a function that doubles a number.\n\n### Solution\n\n```js\nconst twice = x => 2 * x;\n```\n\n{link}\n"));
        Assert.Equal("```js\nconst twice = x => 2 * x;\n```", pair.Answer);
    }

    [Fact]
    public void An_answer_that_says_to_run_something_stays_whole()
    {
        CandidatePair pair = Structural.Single(Structural.Markdown("### How do I see the output?\n\nSave the file first.\n\nRun code with the green arrow.\n"));
        Assert.EndsWith("Run code with the green arrow.", pair.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_that_is_a_list_of_one_item_has_no_bullet()
    {
        CandidatePair pair = Structural.Single(Structural.Markdown("### Problem Explanation\n\n* Write a function that doubles a number.\n\n## Solution\n\n```js\nconst twice = x => 2 * x;\n```\n"));
        Assert.Equal("Write a function that doubles a number.", pair.Question);
    }

    [Fact]
    public void An_answer_behind_its_label_ends_where_a_question_without_one_begins()
    {
        const string Html = "<p><b>Q: Who can apply for it?</b></p><p><b>A:</b> Anyone who lives in the county.</p><p><strong>How long does the review take?</strong><br>Between four and six weeks.</p><dl><dt>Is there a fee?</dt><dd>No, it is free of charge.</dd></dl>";
        Reading reading = Structural.Html(Html);
        Assert.Equal("Anyone who lives in the county.", reading.Pairs[0].Answer);
        Assert.DoesNotContain(reading.Pairs, pair => pair.Answer.Contains("fee?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("#### 1.1 What is this library for?", "What is this library for?")]
    [InlineData("#### 2.4 GHz or 5 GHz, which is faster?", "2.4 GHz or 5 GHz, which is faster?")]
    public void The_number_of_a_section_is_no_part_of_its_question(string heading, string question) =>
        Assert.Equal(question, Structural.Single(Structural.Markdown($"{heading}\n\nIt reads dates in forty languages.\n")).Question);

    [Fact]
    public void Click_to_reveal_the_solution_is_a_label()
    {
        CandidatePair pair = Structural.Single(Structural.Markdown("**Exercise 2:** Write a function that doubles a number.\n\n<details>\n<summary>Click to reveal the solution</summary>\n\n```js\nconst twice = x => 2 * x;\n```\n\n</details>\n"));
        Assert.Equal(("Write a function that doubles a number.", "```js\nconst twice = x => 2 * x;\n```"), (pair.Question, pair.Answer));
    }

    [Fact]
    public void Numbered_headings_that_ask_for_a_difference_or_an_implementation_count_among_questions()
    {
        Reading reading = Structural.Markdown("### 11. What is hoisting?\n\nDeclarations move up.\n\n### 12. Why use strict mode?\n\nIt finds silent mistakes.\n\n### 13. Difference between `let` and `var`\n\nA `let` is scoped to its block.\n\n### 14. Implement a debounce function\n\nKeep one timer and start it again at each call.\n\n### 15. How does a closure work?\n\nIt keeps the variables of its scope.\n");
        Assert.Equal(["What is hoisting?", "Why use strict mode?", "Difference between `let` and `var`", "Implement a debounce function", "How does a closure work?"], reading.Pairs.Select(pair => pair.Question));
    }

    [Fact]
    public void Options_on_one_line_are_found_by_the_letter_of_the_answer()
    {
        CandidatePair pair = Structural.Single(Structural.Plain("Q3) Who wrote the play Faust?\n(A) Schiller (B) Goethe (C) Kleist (D) Heine\nAns: (B)\n"));
        Assert.Equal("B. Goethe", pair.Answer);
    }

    [Fact]
    public void Parts_on_one_line_are_no_options()
    {
        CandidatePair pair = Structural.Single(Structural.Plain("Problem 3. A ball falls 20 m. (a) How long does it fall? (b) How fast is it then? (c) How high was it after 1 s?\n\nSolution. a. 2 s; b. 20 m/s; c. 15 m\n"));
        Assert.Equal("a. 2 s; b. 20 m/s; c. 15 m", pair.Answer);
    }

    [Theory]
    [InlineData("# 1. Two Sum", "## Example\n\nInput: nums = [2, 7], target = 9\nOutput: [0, 1]", "## Solution")]
    [InlineData("## Two Sum", "**Example 1:**\n\n```\nInput: nums = [2, 7], target = 9\nOutput: [0, 1]\n```\n\n**Example 2:**\n\n```\nInput: nums = [3, 3], target = 6\nOutput: [0, 1]\n```", "### Solution")]
    public void Examples_of_input_and_output_are_a_part_of_the_task_above_them(string title, string example, string solution)
    {
        CandidatePair pair = Structural.Single(Structural.Markdown($"{title}\n\nReturn the places of the two numbers that add up to the target.\n\n{example}\n\n{solution}\n\n```python\ndef two_sum(nums, target): ...\n```\n"));
        Assert.Contains("Return the places of the two numbers", pair.Question, StringComparison.Ordinal);
        Assert.Contains("Output: [0, 1]", pair.Question, StringComparison.Ordinal);
        Assert.Equal("```python\ndef two_sum(nums, target): ...\n```", pair.Answer);
    }

    [Fact]
    public void Worked_examples_below_a_chapter_stand_for_themselves()
    {
        CandidatePair pair = Structural.Single(Structural.Markdown("# 3.2 Means\n\nThe mean is the sum divided by the number.\n\n## Example\n\nFind the mean of 2, 4 and 6.\n\n## Solution\n\nIt is 4.\n"));
        Assert.Equal(("Find the mean of 2, 4 and 6.", "It is 4."), (pair.Question, pair.Answer));
    }

    [Fact]
    public void Advertisements_and_tags_inside_an_article_are_no_part_of_an_answer() =>
        Check("<article>" + Each((q, a, i) => $"<h3>{i}. {q}</h3><p>{a}</p><div class='newsletter'>Subscribe to our newsletter!</div><div class='tags'><a>newts</a></div>") + "<div class='related-articles'><h4>Related articles</h4><a href='/t'>Toads</a></div></article>", "question-heading");
}
