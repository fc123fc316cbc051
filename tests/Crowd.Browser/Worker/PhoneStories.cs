using System.Globalization;
using Crowd.Browser.Stage;
using Microsoft.Playwright;

namespace Crowd.Browser.Worker;

/// <summary>The same on a phone.</summary>
[Collection(BrowserStage.Name)]
public sealed class PhoneStories(BrowserStage stage)
{
    [SkippableFact]
    public async Task A_task_is_found_and_answered_with_a_thumb()
    {
        await using var requester = await stage.RequesterAsync();
        await using var worker = await stage.WorkerAsync(screen: Screen.Phone);
        var job = await requester.OpenJobAsync(Desk.Animals, Desk.Texts(2), title: "Animals on the way to work");
        await worker.GoAsync("/work");
        await worker.Page.GetByLabel("Words in the title").FillAsync("on the way");
        var start = worker.Page.GetByRole(AriaRole.Link, new() { Name = "Start: Animals on the way to work" });
        await Assertions.Expect(start).ToBeVisibleAsync();
        await worker.LookAsync("phone-find-work");
        await start.TapAsync();
        await worker.Page.Locator(".choice", new() { HasText = "owl" }).TapAsync();
        await worker.LookAsync("phone-work");
        await worker.Submit().TapAsync();
        await Assertions.Expect(worker.Page.GetByText("Animal number 2:")).ToBeVisibleAsync();
        await worker.SavedAsync();
        Assert.Equal("owl", Assert.Single(await requester.AnswersAsync(job)).GetProperty("choice").GetString());

        await worker.Button("Navigation").TapAsync();
        await worker.LookAsync("phone-navigation");
        await worker.Page.GetByRole(AriaRole.Link, new() { Name = "Earnings" }).TapAsync();
        await worker.SeesAsync("Earnings");
        await worker.LookAsync("phone-earnings");
    }

    [SkippableFact]
    public async Task A_box_is_drawn_with_a_finger_and_the_image_is_pinched_nearer_without_a_second_box()
    {
        await using var requester = await stage.RequesterAsync();
        await using var worker = await stage.WorkerAsync(screen: Screen.Phone);
        var job = await requester.OpenJobAsync(new { boxes = new { classes = new[] { "ball", "box" } } }, [$$"""{"image":"{{Desk.Picture}}"}"""], title: "Boxes with a finger");
        await worker.BeginAsync(job);
        var canvas = worker.Page.Locator(".boxes-canvas");
        await canvas.ScrollIntoViewIfNeededAsync();
        var area = (await canvas.BoundingBoxAsync())!;
        var session = await worker.Context.NewCDPSessionAsync(worker.Page);
        async Task TouchAsync(string type, params (double X, double Y)[] points) => await session.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>
        {
            ["type"] = type,
            ["touchPoints"] = points.Select(p => new { x = area.X + (p.X * area.Width), y = area.Y + (p.Y * area.Height) }).ToArray(),
        });
        await TouchAsync("touchStart", (0.2, 0.4));
        await TouchAsync("touchMove", (0.3, 0.5));
        await TouchAsync("touchMove", (0.4, 0.7));
        await TouchAsync("touchEnd");
        await Assertions.Expect(worker.Button("Box 1")).ToBeVisibleAsync();
        await TouchAsync("touchStart", (0.55, 0.5));
        await TouchAsync("touchStart", (0.55, 0.5), (0.65, 0.5));
        await TouchAsync("touchMove", (0.45, 0.5), (0.75, 0.5));
        await TouchAsync("touchMove", (0.35, 0.5), (0.85, 0.5));
        await TouchAsync("touchEnd");
        await Assertions.Expect(canvas).Not.ToHaveAttributeAsync("viewBox", "0 0 400 300");
        var view = (await canvas.GetAttributeAsync("viewBox"))!.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        Assert.InRange(view[2], 40, 200); // at least twice as near
        Assert.Equal(240, view[0] + (view[2] * 0.6), 5.0); // what was between the fingers still is
        Assert.Equal(0, await worker.Button("Box 2").CountAsync());
        await worker.LookAsync("phone-boxes");
        await worker.Submit().TapAsync();
        await worker.DoneAsync();
        var box = Assert.Single(Assert.Single(await requester.AnswersAsync(job)).GetProperty("boxes").EnumerateArray());
        Assert.Equal(80, box.GetProperty("x").GetDouble(), 3.0);
        Assert.Equal(80, box.GetProperty("width").GetDouble(), 3.0);
    }
}
