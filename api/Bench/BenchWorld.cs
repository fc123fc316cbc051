using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.Marketplace.Accounts;
using Crowd.Marketplace.Jobs;
using Crowd.Marketplace.Payments;
using Crowd.Marketplace.Requesters;
using Crowd.Marketplace.Workers;

namespace Crowd.Api.Bench;

/// <summary>A server in this process with a funded job and workers, to be measured.</summary>
internal sealed class BenchWorld : IAsyncDisposable
{
    public const int Labels = 5;

    private BenchWorld(WebApplication app) => App = app;

    public WebApplication App { get; }

    public IGrainFactory Grains => App.Services.GetRequiredService<IGrainFactory>();

    public IIdSource Ids => App.Services.GetRequiredService<IIdSource>();

    public Uri Address => new(App.Urls.First());

    /// <summary>Starts a server without limits on a free port.</summary>
    public static async Task<BenchWorld> StartAsync(string database, CancellationToken cancellationToken)
    {
        string[] configuration = ["--Crowd:RequestsPerSecond=0", "--Crowd:AnonymousRequestsPerSecond=0", "--Crowd:SignInsPerMinute=0", "--Logging:LogLevel:Default=Error", "--Logging:LogLevel:Crowd=Error"];
        var app = Server.Create(configuration, database, "http://127.0.0.1:0", seed: 1);
        await app.StartActiveAsync(cancellationToken);
        return new(app);
    }

    /// <summary>An organisation with money.</summary>
    public async Task<(RequesterId Requester, string Key)> RequesterAsync(long micros)
    {
        var (person, key) = await PersonAsync();
        var requester = Ids.Next<RequesterId>();
        (await Grains.GetGrain<IRequesterGrain>(requester.Value).RegisterAsync("Bench", person, "bench")).OrThrow();
        (await Grains.GetGrain<ITopUpGrain>(Ids.Next<TopUpId>().Value).StartAsync(requester, new Money(micros, Currency.Usd).InWholeMinorUnits(), App.Services.GetRequiredService<ApiOptions>().PublicUrl, "bench")).OrThrow();
        return (requester, key);
    }

    /// <summary>A job of one choice among five labels, three answers each, as a draft.</summary>
    public async Task<JobId> JobAsync(RequesterId requester, long fundMicros)
    {
        var spec = new JobSpec
        {
            Title = "Bench",
            Schema = new LabelSchema.SingleChoice { Labels = new(Enumerable.Range(0, Labels).Select(i => $"label-{i}")) },
            Policies = new() { PayMicros = 10_000, Redundancy = new() { MinAnswers = 3, MaxAnswers = 3 }, Caps = new() { LeasesPerWorker = 10 } },
        };
        var job = Ids.Next<JobId>();
        job = (await Grains.GetGrain<IRequesterGrain>(requester.Value).CreateJobAsync(job.Value, spec, job.Value, job, "bench")).OrThrow();
        (await Grains.GetGrain<IRequesterGrain>(requester.Value).FundJobAsync(Ids.Next<HoldId>(), job, new(fundMicros, Currency.Usd), "bench")).OrThrow();
        return job;
    }

    /// <summary>Adds so many tasks and opens the job.</summary>
    public async Task FillAsync(JobId job, int tasks)
    {
        var grain = Grains.GetGrain<IJobGrain>(job.Value);
        for (var from = 0; from < tasks; from += TasksAdded.MaxTasks)
        {
            var drafts = Enumerable.Range(from, Math.Min(TasksAdded.MaxTasks, tasks - from)).Select(i => new TaskDraft
            {
                ExternalId = $"t{i}",
                Input = $"{{\"text\":\"task number {i}\"}}",
                InputHash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(i))),
            }).ToArray();
            (await grain.AddTasksAsync("bench", drafts, "bench")).OrThrow();
        }

        (await grain.OpenAsync("bench")).OrThrow();
    }

    /// <summary>A worker and the key to act as it.</summary>
    public async Task<(WorkerId Worker, string Key)> WorkerAsync()
    {
        var (person, key) = await PersonAsync();
        var worker = WorkerId.From($"{WorkerId.Prefix}_{person.Body()}");
        (await Grains.GetGrain<IWorkerGrain>(worker.Value).RegisterAsync(person, "bench")).OrThrow();
        return (worker, key);
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
    }

    private async Task<(PersonId Person, string Key)> PersonAsync()
    {
        var person = Ids.Next<PersonId>();
        var account = Grains.GetGrain<IAccountGrain>(Login.Of(person.Value));
        (await account.SignUpAsync(new(person, $"{person}@bench.example", "Bench", "-", "-"))).OrThrow();
        var secret = Secrets.KeyPrefix + Secrets.New();
        (await account.CreateKeyAsync(Ids.Next<ApiKeyId>(), "bench", Secrets.Hash(secret), "bench")).OrThrow();
        return (person, secret);
    }
}
