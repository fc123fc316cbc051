using System.Globalization;
using System.Text.Json;
using Crowd.Browser.Stage;
using Microsoft.Playwright;

namespace Crowd.Browser.Worker;

/// <summary>Every kind of label is answered in the browser, and the server has what was answered.</summary>
[Collection(BrowserStage.Name)]
public sealed class LabelStories(BrowserStage stage)
{
    [SkippableFact]
    public Task A_choice_is_made_with_a_number_key() => AnswerAsync("choice", Desk.Animals, """{"text":"It says miaow.","source":"letter"}""",
        async page => await page.Keyboard.PressAsync("2"),
        answer => Assert.Equal("dog", answer.GetProperty("choice").GetString()));

    [SkippableFact]
    public Task Several_choices_are_made_and_unmade() => AnswerAsync("choices", new { multiChoice = new { labels = new[] { "red", "green", "blue", "yellow" }, least = 1, most = 2 } },
        """{"html":"<p>A <b>green</b> flag.</p><script>window.harmed = true</script>"}""",
        async page =>
        {
            await page.Keyboard.PressAsync("1");
            await page.Keyboard.PressAsync("2");
            await page.Keyboard.PressAsync("1");
            await page.GetByLabel("blue").CheckAsync();
            Assert.False(await page.EvaluateAsync<bool>("'harmed' in window"));
        },
        answer => Assert.Equal(["green", "blue"], answer.GetProperty("choices").EnumerateArray().Select(c => c.GetString())));

    [SkippableFact]
    public Task A_rating_is_given_by_its_digit() => AnswerAsync("rating", new { rating = new { from = 1, to = 5 } }, """{"markdown":"# A shop\n\nIt was *fine*."}""",
        async page => await page.Keyboard.PressAsync("4"),
        answer => Assert.Equal(4, answer.GetProperty("rating").GetInt32()));

    [SkippableFact]
    public Task A_number_is_typed_and_its_bounds_are_said() => AnswerAsync("number", new { number = new { least = 0, most = 500, unit = "kg" } }, $$"""{"text":"How heavy is it?","audio":"{{Desk.Sound}}","video":"data:video/webm;base64,GkXfow=="}""",
        async page =>
        {
            await Assertions.Expect(page.GetByLabel("The film of this task")).ToBeVisibleAsync();
            await page.GetByLabel("The recording of this task").EvaluateAsync("(sound) => new Promise((heard, failed) => { if (sound.duration > 0) heard(); sound.onloadedmetadata = heard; sound.onerror = failed })");
            var field = page.GetByLabel("Number, in kg");
            await field.FillAsync("501");
            await field.PressAsync("Enter");
            await Assertions.Expect(page.GetByText("Give a number of at most 500.")).ToBeVisibleAsync();
            await field.FillAsync("12,5");
        },
        answer => Assert.Equal(12.5, answer.GetProperty("number").GetDouble()));

    [SkippableFact]
    public Task A_text_is_written() => AnswerAsync("text", new { text = new { minLength = 3, maxLength = 200 } }, $$"""{"image":"{{Desk.Picture}}","alt":"A ball and a box on a meadow"}""",
        async page => await page.GetByLabel("Your text").FillAsync("a ball and a box"),
        answer => Assert.Equal("a ball and a box", answer.GetProperty("text").GetString()));

    [SkippableFact]
    public Task Boxes_are_drawn_moved_resized_and_removed() => AnswerAsync("boxes", new { boxes = new { classes = new[] { "ball", "box" } } }, $$"""{"image":"{{Desk.Picture}}"}""",
        async page =>
        {
            var area = (await page.Locator(".boxes-canvas").BoundingBoxAsync())!;
            async Task DragAsync(double x1, double y1, double x2, double y2)
            {
                // In pixels of the picture, which is drawn as large as it fits.
                var scale = Math.Min(area.Width / 400, area.Height / 300);
                var (left, top) = (area.X + ((area.Width - (400 * scale)) / 2), area.Y + ((area.Height - (300 * scale)) / 2));
                await page.Mouse.MoveAsync((float)(left + (x1 * scale)), (float)(top + (y1 * scale)));
                await page.Mouse.DownAsync();
                await page.Mouse.MoveAsync((float)(left + (x2 * scale)), (float)(top + (y2 * scale)), new() { Steps = 4 });
                await page.Mouse.UpAsync();
            }

            await DragAsync(70, 140, 150, 220); // drawn
            await DragAsync(110, 180, 120, 190); // moved by ten
            await DragAsync(160, 230, 170, 250); // by its corner larger
            await page.Keyboard.PressAsync("Escape");
            await page.Keyboard.PressAsync("2"); // the next is a box
            await page.Keyboard.PressAsync("n");
            await page.Keyboard.PressAsync("Shift+ArrowRight");
            await page.Keyboard.PressAsync("n"); // a slip
            await page.Keyboard.PressAsync("Delete");

            // The view is brought nearer about the pointer, moved, and reset; the boxes stay where they are.
            var canvas = page.Locator(".boxes-canvas");
            async Task<double[]> ViewAsync() => [.. (await canvas.GetAttributeAsync("viewBox"))!.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
            await page.Mouse.MoveAsync(area.X + (area.Width / 2), area.Y + (area.Height / 2));
            await page.Mouse.WheelAsync(0, -300);
            await Assertions.Expect(canvas).Not.ToHaveAttributeAsync("viewBox", "0 0 400 300");
            var near = await ViewAsync();
            Assert.True(near[2] < 400 && near[0] > 0);
            await page.GetByRole(AriaRole.Button, new() { Name = "Move the view" }).ClickAsync();
            await DragAsync(200, 150, 230, 150);
            Assert.True((await ViewAsync())[0] < near[0]);
            await page.GetByRole(AriaRole.Button, new() { Name = "Whole image" }).ClickAsync();
            await Assertions.Expect(canvas).ToHaveAttributeAsync("viewBox", "0 0 400 300");
        },
        answer =>
        {
            var boxes = answer.GetProperty("boxes").EnumerateArray().ToArray();
            Assert.Equal(["ball", "box"], boxes.Select(b => b.GetProperty("class").GetString()));
            Assert.Equal(80, boxes[0].GetProperty("x").GetDouble(), 1.5);
            Assert.Equal(150, boxes[0].GetProperty("y").GetDouble(), 1.5);
            Assert.Equal(90, boxes[0].GetProperty("width").GetDouble(), 1.5);
            Assert.Equal(100, boxes[0].GetProperty("height").GetDouble(), 1.5);
            Assert.Equal(170, boxes[1].GetProperty("x").GetDouble(), 1.5);
        });

    [SkippableFact]
    public Task Spans_are_marked_by_dragging_and_by_keys_and_may_overlap() => AnswerAsync("spans", new { spans = new { classes = new[] { "person", "place" }, overlap = true } },
        """{"text":"Ada Lovelace of London wrote to Charles Babbage."}""",
        async page =>
        {
            // The first two words, by keys.
            await page.Keyboard.PressAsync("ArrowRight");
            await page.Keyboard.PressAsync("Shift+ArrowRight");
            await page.Keyboard.PressAsync("1");
            // All from "Ada" to "London", over it.
            await page.Keyboard.PressAsync("Escape");
            await page.Keyboard.PressAsync("Escape");
            await page.Keyboard.PressAsync("ArrowRight");
            for (var i = 0; i < 3; i++)
                await page.Keyboard.PressAsync("Shift+ArrowRight");
            await page.Keyboard.PressAsync("2");
            // The last name, with the mouse drawn over it.
            await page.Keyboard.PressAsync("1");
            await page.Keyboard.PressAsync("Escape");
            var name = await page.Locator(".piece", new() { HasText = "Babbage" }).EvaluateAsync<float[]>(
                """
                (piece) => {
                  const node = [...piece.childNodes].find((child) => child.nodeType === Node.TEXT_NODE)
                  const range = document.createRange()
                  range.setStart(node, node.data.indexOf('Babbage'))
                  range.setEnd(node, node.data.indexOf('Babbage') + 7)
                  const box = range.getBoundingClientRect()
                  return [box.left, box.right, box.top + box.height / 2]
                }
                """);
            await page.Mouse.MoveAsync(name[0] + 1, name[2]);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(name[1] - 1, name[2], new() { Steps = 4 });
            await page.Mouse.UpAsync();
            await page.Keyboard.PressAsync("1");
        },
        answer => Assert.Equal(
            [("person", 0, 12), ("person", 0, 22), ("person", 40, 47)],
            answer.GetProperty("spans").EnumerateArray().Select(s => (s.GetProperty("class").GetString(), s.GetProperty("start").GetInt32(), s.GetProperty("end").GetInt32()))));

    [SkippableFact]
    public Task The_better_of_two_is_chosen_with_an_arrow() => AnswerAsync("pairwise", new { pairwise = new { tie = true } },
        """{"text":"Which answer is more helpful?","left":{"text":"Restart it."},"right":{"text":"Restart it, and if that does not help, look at the log for the first error."}}""",
        async page => await page.Keyboard.PressAsync("ArrowRight"),
        answer => Assert.Equal("RIGHT", answer.GetProperty("preferred").GetString()));

    [SkippableFact]
    public Task Items_are_ranked_by_dragging_and_by_keys() => AnswerAsync("ranking", new { ranking = true },
        """{"text":"Best first","items":[{"id":"a","text":"Apples, sold loose"},{"id":"b","text":"Bread from yesterday"},{"id":"c","text":"Cheese, two years old"}]}""",
        async page =>
        {
            await page.Locator("[data-id=c]").FocusAsync();
            await page.Keyboard.PressAsync("Home"); // c a b
            var (from, to) = ((await page.Locator("[data-id=a]").BoundingBoxAsync())!, (await page.Locator("[data-id=b]").BoundingBoxAsync())!);
            await page.Mouse.MoveAsync(from.X + 10, from.Y + (from.Height / 2));
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(to.X + 10, to.Y + to.Height - 2, new() { Steps = 6 });
            await page.Mouse.UpAsync(); // c b a
        },
        answer => Assert.Equal(["c", "b", "a"], answer.GetProperty("ranking").EnumerateArray().Select(i => i.GetString())));

    private async Task AnswerAsync(string name, object schema, string input, Func<IPage, Task> answer, Action<JsonElement> check)
    {
        await using var requester = await stage.RequesterAsync();
        await using var worker = await stage.WorkerAsync();
        var job = await requester.OpenJobAsync(schema, [input], title: $"A task of the kind {name}");
        await worker.BeginAsync(job);
        await answer(worker.Page);
        await worker.LookAsync($"work-{name}");
        await worker.Submit().ClickAsync();
        await worker.DoneAsync();
        check(Assert.Single(await requester.AnswersAsync(job)));
    }
}
