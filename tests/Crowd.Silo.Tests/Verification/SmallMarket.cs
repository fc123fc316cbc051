using System.Security.Cryptography;
using System.Text;
using Crowd.Domain;
using Crowd.GrainRuntime;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Loop;
using Crowd.Marketplace.Payments;
using Crowd.Marketplace.Requesters;
using Crowd.Marketplace.Tasks;
using Crowd.Marketplace.Workers;
using Crowd.Silo.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Crowd.Silo.Tests.Verification;

/// <summary>A healthy database with a bit of everything: money in, work, pay, a long stream with a snapshot, money back.</summary>
internal static class SmallMarket
{
    private const int Tasks = 5;

    private static readonly Uri Home = new("https://crowd.example/");

    /// <summary>More changes than lie between two snapshots.</summary>
    private const int Changes = 520;

    public static async Task WriteAsync(string file)
    {
        using var host = HostedCrowd.OnSqlite(file);
        await host.StartAsync();
        await host.WhenActiveAsync();
        var (grains, ids) = (host.Services.GetRequiredService<IGrainFactory>(), host.Services.GetRequiredService<IIdSource>());
        var requester = await OrganisationAsync(grains, ids);
        var job = await OpenJobAsync(grains, ids, requester);
        await WorkAsync(grains, ids, job);
        await DecideAsync(grains, ids, requester);
        for (var i = 0; i < Changes; i++)
            Accept(await grains.GetGrain<ITopUpGrain>(ids.Next<TopUpId>().Value).StartAsync(requester, new(1_000_000, Currency.Usd), Home, "test"));
        await host.StopAsync();
    }

    private static async Task<RequesterId> OrganisationAsync(IGrainFactory grains, IIdSource ids)
    {
        var requester = ids.Next<RequesterId>();
        var grain = grains.GetGrain<IRequesterGrain>(requester.Value);
        Accept(await grain.RegisterAsync("Labels Ltd", ids.Next<PersonId>(), "test"));
        Accept(await grains.GetGrain<ITopUpGrain>(ids.Next<TopUpId>().Value).StartAsync(requester, new(10_000_000, Currency.Usd), Home, "test"));
        return requester;
    }

    private static async Task<JobId> OpenJobAsync(IGrainFactory grains, IIdSource ids, RequesterId requester)
    {
        var spec = new JobSpec
        {
            Title = "Cats and dogs",
            Schema = new LabelSchema.SingleChoice { Labels = ["cat", "dog"] },
            Policies = new() { PayMicros = 100_000, Redundancy = new() { MinAnswers = 1, MaxAnswers = 1, TargetConfidence = 0.5 } },
        };
        var owner = grains.GetGrain<IRequesterGrain>(requester.Value);
        var job = Accept(await owner.CreateJobAsync("key", spec, "hash", ids.Next<JobId>(), "test"));
        var grain = grains.GetGrain<IJobGrain>(job.Value);
        var drafts = Enumerable.Range(0, Tasks).Select(i => $"\"{i}\"").Select(input => new TaskDraft
        {
            ExternalId = input,
            Input = input,
            InputHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(input))),
        }).ToArray();
        Accept(await grain.AddTasksAsync("import", drafts, "test"));
        Accept(await owner.FundJobAsync(ids.Next<HoldId>(), job, new(2_000_000, Currency.Usd), "test"));
        Accept(await grain.OpenAsync("test"));
        return job;
    }

    private static async Task WorkAsync(IGrainFactory grains, IIdSource ids, JobId job)
    {
        var worker = ids.Next<WorkerId>();
        Accept(await grains.GetGrain<IWorkerGrain>(worker.Value).RegisterAsync(ids.Next<PersonId>(), "test"));
        foreach (var lease in Accept(await grains.GetGrain<IJobGrain>(job.Value).RequestWorkAsync(worker, Tasks - 1, "test")))
            Accept(await grains.GetGrain<ITaskGrain>(lease.Assignment.Task.Value).SubmitAsync(lease.Assignment, worker, new Answer.Choice("cat"), "test"));
    }

    /// <summary>A job whose machine decides, and a decision that it releases at once.</summary>
    private static async Task DecideAsync(IGrainFactory grains, IIdSource ids, RequesterId requester)
    {
        var spec = new JobSpec { Title = "Yes or no", Schema = new LabelSchema.SingleChoice { Labels = ["yes", "no"] }, Policies = new() { PayMicros = 0, Redundancy = new() { MinAnswers = 1, MaxAnswers = 1 } } };
        var job = Accept(await grains.GetGrain<IRequesterGrain>(requester.Value).CreateJobAsync("gate", spec, "hash", ids.Next<JobId>(), "test"));
        var grain = grains.GetGrain<IJobGrain>(job.Value);
        Accept(await grain.ChangeLoopAsync(new() { Rules = [new() { Id = "sure", When = new() { Confidence = new(0.9, null) }, Action = RouteAction.Accept }], Gate = new() }, "test"));
        Accept(await grain.OpenAsync("test"));
        var models = grains.GetGrain<IModelsGrain>(ModelEvent.StreamOf(job));
        Accept(await models.MeasureAsync("net", "1", new() { Tasks = 100, Right = 100, Accuracy = 1, Low = 0.9, High = 1, Basis = "test" }, "test"));
        Accept(await models.ApproveAsync("net", "1", "good", "test"));
        var prediction = new Prediction { Model = "net", Version = "1", Label = new Answer.Choice("yes"), Confidence = 0.95 };
        var sight = Accept(await grains.GetGrain<IGateGrain>(job.Value).RequestAsync(new("key", "\"so\"", prediction), "test"));
        Assert.Equal(DecisionStatus.Released, sight.State.Status);
    }

    private static T Accept<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.Accepted, outcome.Accepted ? "" : outcome.Rejection.Message);
        return outcome.Value;
    }
}
