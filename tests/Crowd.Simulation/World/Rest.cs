namespace Crowd.Simulation;

/// <summary>
/// After the faults: every open task must come to a label, to a quality manager or to the end of its money; every job must close and give its escrow back;
/// every payout must end.
/// </summary>
internal sealed class Rest(
    World world, Auditor auditor, List<Labourer> labourers, List<Patron> patrons, Dictionary<JobId, LabelSchema> schemas, Func<Manner, Labourer> addLabourer, Action check)
{
    private const int FreshWorkers = 12;

    public void Run()
    {
        // Whatever was leased ends, whatever waits for review is accepted.
        for (var i = 0; i < 4; i++)
            world.PassAndRest(TimeSpan.FromMinutes(20));
        check();
        foreach (var (id, task) in auditor.Tasks)
            Auditor.Want(task.Leases == 0, $"{id} of {task.Job} ({auditor.Jobs[task.Job].Status}) has a lease that never ends");

        foreach (var patron in patrons)
        {
            foreach (var job in patron.Jobs)
                Label(patron, job);
        }

        foreach (var patron in patrons)
        {
            foreach (var job in patron.Jobs.Where(j => auditor.Jobs[j].Status is "open" or "paused" or "draft"))
                world.Finish(() => patron.CloseAsync(job, cancel: false));
        }

        for (var i = 0; i < 4; i++)
        {
            world.Finish(world.ReactAsync);
            world.Finish(world.KeepAsync);
            world.PassAndRest(TimeSpan.FromMinutes(20), seconds: 6);
        }

        check();
        foreach (var (id, job) in auditor.Jobs)
        {
            Auditor.Want(job.Status == "closed", $"{id} is {job.Status} and does not close");
            Auditor.Want(auditor.Books[$"escrow:{id.Value}"] == 0, $"{id} has closed and keeps {auditor.Books[$"escrow:{id.Value}"]} micros");
        }

        foreach (var (id, task) in auditor.Tasks)
            Auditor.Want(task.Unsettled == 0, $"{id} has an answer that is never settled");
        EndPayouts();
    }

    /// <summary>Workers who were never here before answer until nothing is left to do.</summary>
    private void Label(Patron patron, JobId job)
    {
        if (auditor.Jobs[job].Status is not ("open" or "paused"))
            return;
        world.Finish(() => world.Job(job).OpenAsync("rest"));
        check();
        if (auditor.Jobs[job].Status != "open")
            return; // it has no money for a single answer
        for (var i = 0; i < FreshWorkers; i++)
        {
            var labourer = addLabourer(Manner.Careful);
            for (var asked = 0; asked < 40; asked++)
            {
                world.Finish(() => labourer.RequestAsync(job, 3));
                if (labourer.Held.Count == 0)
                    break;
                while (labourer.Held.Count > 0)
                    world.Finish(() => labourer.ActAsync(schemas));
                world.Rest();
            }
        }

        check();
        var of = auditor.Jobs[job];
        var left = auditor.Books[$"escrow:{job.Value}"] - of.ReservedMicros;
        if (left < of.Spec.CostOfAnswerMicros || of.AnswersPerWorker is not null)
            return;
        foreach (var (id, task) in auditor.Tasks.Where(t => t.Value.Job == job && !t.Value.IsGold))
            Auditor.Want(task.Stage != "open", $"{id} stays open with {task.Answers} answers, {FreshWorkers} workers and {left} micros left");
    }

    private void EndPayouts()
    {
        foreach (var labourer in labourers)
            world.Finish(labourer.PayOutAsync);
        for (var i = 0; i < 3; i++)
        {
            world.Finish(world.ReactAsync);
            world.Finish(world.KeepAsync);
            world.Rest();
        }

        check();
        foreach (var (account, micros) in auditor.Books.Balances.Where(b => b.Key.StartsWith("payout:", StringComparison.Ordinal)))
            Auditor.Want(micros == 0, $"{account} never ended");
        var left = world.Payments.Moved.Where(m => m.Key.StartsWith("pay_", StringComparison.Ordinal)).Sum(m => m.Value);
        var came = world.Payments.Moved.Where(m => m.Key.StartsWith("top_", StringComparison.Ordinal)).Sum(m => m.Value);
        Auditor.Want(-auditor.Books["provider"] <= came - left, "the books say that more money is with the provider than came to it");
    }
}
