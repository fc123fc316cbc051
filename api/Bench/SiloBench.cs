using System.CommandLine;
using Spectre.Console;

namespace Crowd.Api.Bench;

/// <summary>
/// <c>bench silos</c>: a simulation of clusters that are not at hand (docs/scale.md). Clients go round in cycles of two commits. A call first needs its silo's processors, then
/// waits for the silo's next batch; a batch waits for the lock of commits of its database and holds it while it is written and flushed. The figures it starts from are measured.
/// </summary>
internal static class SiloBench
{
    private static readonly int[] Sizes = [1, 2, 3, 10, 100];

    public static Command Create()
    {
        var processor = new Option<double>("--call-micros") { Description = "Processor time of one call at its silo, in microseconds. Default 120.", DefaultValueFactory = _ => 120 };
        var cores = new Option<int>("--cores") { Description = "Processors of a silo. Default 2.", DefaultValueFactory = _ => 2 };
        var flush = new Option<double>("--flush-micros") { Description = "Time that a batch holds the lock however small it is, in microseconds. Default 400.", DefaultValueFactory = _ => 400 };
        var append = new Option<double>("--append-micros") { Description = "Time that each commit adds to its batch, in microseconds. Default 40.", DefaultValueFactory = _ => 40 };
        var clients = new Option<int>("--clients") { Description = "Clients of each silo. Default 64.", DefaultValueFactory = _ => 64 };
        var databases = new Option<int>("--databases") { Description = "Databases that the jobs are spread over. Default 1.", DefaultValueFactory = _ => 1 };
        var command = new Command("silos", "Simulate clusters of 1 to 100 silos.") { processor, cores, flush, append, clients, databases };
        command.SetAction(parsed =>
        {
            var table = new Table().Border(TableBorder.Simple);
            foreach (var column in new[] { "Silos", "Databases", "Cycles/s", "Cycle ms", "Lock in use", "Processors in use", "Commits per batch" })
                table.AddColumn(new TableColumn(column).RightAligned());
            foreach (var silos in Sizes)
            {
                var of = Math.Min(parsed.GetValue(databases), silos);
                var run = new SiloModel(
                    silos, of, parsed.GetValue(cores), parsed.GetValue(clients), parsed.GetValue(processor), parsed.GetValue(flush), parsed.GetValue(append)).Run();
                table.AddRow($"{silos}", $"{of}", $"{run.CyclesPerSecond:N0}", $"{run.CycleMilliseconds:N1}", $"{run.LockShare:P0}", $"{run.ProcessorShare:P0}", $"{run.CommitsPerBatch:N1}");
            }

            AnsiConsole.Write(table);
        });
        return command;
    }
}

/// <summary>What a simulated cluster did.</summary>
internal sealed record SiloRun(double CyclesPerSecond, double CycleMilliseconds, double LockShare, double ProcessorShare, double CommitsPerBatch);

/// <summary>A closed queueing network, event by event, in microseconds. The same figures give the same run.</summary>
internal sealed class SiloModel(int silos, int databases, int cores, int clientsPerSilo, double callMicros, double flushMicros, double appendMicros)
{
    private const double WarmUp = 500_000;
    private const double End = 2_500_000;

    /// <summary>Random only in how long a call takes, so that clients do not march in step: between half and one and a half of the mean.</summary>
    private readonly Random _random = new(1);
    private readonly PriorityQueue<Action, double> _events = new();
    private readonly Silo[] _silos = [.. Enumerable.Range(0, silos).Select(i => new Silo(i % databases))];
    private readonly Database[] _databases = [.. Enumerable.Range(0, databases).Select(_ => new Database())];
    private double _now;
    private double _held;
    private double _worked;
    private long _commits;
    private long _batches;

    public SiloRun Run()
    {
        foreach (var silo in _silos)
        {
            for (var i = 0; i < clientsPerSilo; i++)
                Call(silo);
        }

        while (_events.TryDequeue(out var next, out var at) && at < End)
        {
            _now = at;
            next();
        }

        const double Seconds = (End - WarmUp) / 1e6;
        var cycles = _commits / 2.0 / Seconds;
        return new(
            cycles, silos * clientsPerSilo / cycles * 1_000, _held / (End - WarmUp) / databases, _worked / (End - WarmUp) / (silos * cores), _batches == 0 ? 0 : (double)_commits / _batches);
    }

    /// <summary>A client's next call comes to its silo.</summary>
    private void Call(Silo silo)
    {
        silo.Calls++;
        Work(silo);
    }

    private void Work(Silo silo)
    {
        while (silo.Calls > 0 && silo.Busy < cores)
        {
            silo.Calls--;
            silo.Busy++;
            var takes = callMicros * (0.5 + _random.NextDouble());
            _worked += Counted(takes);
            _events.Enqueue(
                () =>
                {
                    silo.Busy--;
                    silo.Waiting++;
                    Ask(silo);
                    Work(silo);
                }, _now + takes);
        }
    }

    /// <summary>The silo wants the lock for what waits, unless it has a batch on its way.</summary>
    private void Ask(Silo silo)
    {
        if (silo.Committing || silo.Waiting == 0)
            return;
        silo.Committing = true;
        (silo.Batch, silo.Waiting) = (silo.Waiting, 0); // what comes while it waits for the lock goes with the next
        _databases[silo.Database].Queue.Enqueue(silo);
        Grant(_databases[silo.Database]);
    }

    private void Grant(Database database)
    {
        if (database.Locked || !database.Queue.TryDequeue(out var silo))
            return;
        database.Locked = true;
        var count = silo.Batch;
        var takes = flushMicros + (count * appendMicros);
        _held += Counted(takes);
        _events.Enqueue(
            () =>
            {
                database.Locked = false;
                silo.Committing = false;
                if (_now >= WarmUp)
                {
                    _commits += count;
                    _batches++;
                }

                for (var i = 0; i < count; i++)
                    Call(silo);
                Grant(database);
                Ask(silo);
            }, _now + takes);
    }

    private double Counted(double takes) => _now >= WarmUp ? takes : 0;

    private sealed class Silo(int database)
    {
        public int Database => database;

        public int Calls { get; set; }

        public int Busy { get; set; }

        public int Waiting { get; set; }

        /// <summary>Commits of the batch on its way.</summary>
        public int Batch { get; set; }

        public bool Committing { get; set; }
    }

    private sealed class Database
    {
        public Queue<Silo> Queue { get; } = new();

        public bool Locked { get; set; }
    }
}
