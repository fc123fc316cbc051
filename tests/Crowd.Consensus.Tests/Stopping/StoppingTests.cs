using Crowd.Consensus.Categories;
using Crowd.Consensus.Planning;
using Crowd.Consensus.Stopping;

namespace Crowd.Consensus.Tests.Stopping;

public class StoppingTests
{
    [Fact]
    public void A_rule_decides_asks_or_gives_up()
    {
        var rule = new StoppingRule(2, 4, .9);
        Assert.Equal(NextStep.AskOneMore, rule.After(1, [.99, .01]));
        Assert.Equal(NextStep.Decide, rule.After(2, [.95, .05]));
        Assert.Equal(NextStep.AskOneMore, rule.After(3, [.6, .4]));
        Assert.Equal(NextStep.GiveUp, rule.After(4, [.6, .4]));
    }

    [Fact]
    public void An_answer_that_cannot_change_the_label_is_worth_nothing_though_it_informs()
    {
        Assert.Equal(0, AnswerValue.Gain([.99, .01], .8), 12);
        Assert.True(AnswerValue.Information([.99, .01], .8) > 0);
        Assert.Equal(.3, AnswerValue.Gain([.5, .5], .8), 12);
        Assert.Equal(0, AnswerValue.Information([.5, .5], .5), 12);
        Assert.Equal(Math.Log(2), AnswerValue.Information([.5, .5], 1), 12);
        Assert.Equal(NextStep.Decide, new StoppingRule(1, 9, 1).After(2, [.99, .01], .8, errorCost: 10, answerCost: .01));
        Assert.Equal(NextStep.AskOneMore, new StoppingRule(1, 9, 1).After(2, [.5, .5], .8, errorCost: 10, answerCost: .01));
    }

    [Fact]
    public void Routing_asks_able_workers_about_open_questions_and_keeps_to_the_budget()
    {
        double[][] posteriors = [[.5, .5], [.98, .02], [.6, .4]];
        var plan = Routing.Plan(posteriors, [.9, .6], [1, 1], (task, worker) => task == 0 && worker == 0, budget: 2);
        Assert.Equal(2, plan.Count);
        Assert.Equal((2, 0), (plan[0].Task, plan[0].Worker));
        Assert.DoesNotContain(plan, q => q is { Task: 0, Worker: 0 });
        Assert.Empty(Routing.Plan(posteriors, [.9], [1], (_, _) => false, budget: .5));
    }

    [Fact]
    public void Dynamic_stopping_saves_answers_at_hardly_any_accuracy()
    {
        var crowd = new MadeUpCrowd(600, 7, [.9, .9, .85, .85, .8, .8, .75, .75, .7, .7], 3, seed: 12);
        var all = StoppingReplay.Fixed(crowd.Answers(), 7, seed: 1);
        var stopped = StoppingReplay.Run(crowd.Answers(), new StoppingRule(2, 7, .98), seed: 1);
        Assert.True(stopped.Total < .7 * all.Total, $"{stopped.Total} of {all.Total}");
        Assert.True(crowd.Accuracy(stopped.Labels) > crowd.Accuracy(all.Labels) - .01);
        Assert.Equal(stopped.Labels, StoppingReplay.Run(crowd.Answers(), new StoppingRule(2, 7, .98), seed: 1).Labels);
    }

    [Fact]
    public void Asking_those_who_tell_most_needs_fewer_answers_for_the_same_confidence()
    {
        var crowd = new MadeUpCrowd(300, 9, [.97, .95, .9, .85, .6, .55, .55, .5, .5, .5], 2, seed: 5);
        var rule = new StoppingRule(2, int.MaxValue, .99);
        var coming = StoppingReplay.Run(crowd.Answers(), rule, seed: 1);
        var chosen = StoppingReplay.Run(crowd.Answers(), rule, seed: 1, asking: AskingOrder.MostInformative);
        Assert.True(chosen.Total < .8 * coming.Total, $"{chosen.Total} and {coming.Total}");
        Assert.True(crowd.Accuracy(chosen.Labels) >= crowd.Accuracy(coming.Labels) - .01);
        Assert.Equal(AnswerValue.Information([.7, .3], .8), AnswerValue.Information([.7, .3], [.8, .2, .2, .8]), 12);
    }

    [Fact]
    public void Tasks_to_learn_from_get_all_their_answers_and_labels_may_be_given_by_another_method_at_the_end()
    {
        var crowd = new MadeUpCrowd(200, 9, [.97, .95, .9, .85, .6, .55, .55, .5, .5, .5], 2, seed: 5);
        var rule = new StoppingRule(2, int.MaxValue, .9);
        var learning = StoppingReplay.Run(crowd.Answers(), rule, seed: 1, closing: MajorityVote.Run, learning: .25);
        Assert.InRange(learning.Answers.Count(a => a == 9), 50, 199);
        Assert.True(learning.Total < .8 * crowd.Rows.Count, $"{learning.Total} of {crowd.Rows.Count}");
        Assert.Equal(learning.Answers, StoppingReplay.Run(crowd.Answers(), rule, seed: 1, learning: .25).Answers);
        Assert.Equal(MajorityVote.Run(crowd.Answers()).Labels, StoppingReplay.Fixed(crowd.Answers(), 9, closing: MajorityVote.Run).Labels);
    }

    [Fact]
    public void The_planner_foresees_what_resampling_the_same_answers_gives()
    {
        var crowd = new MadeUpCrowd(800, 7, [.9, .85, .8, .8, .75, .75, .7, .7, .65, .6], 3, seed: 21);
        var planner = new RedundancyPlanner(crowd.Answers());
        foreach (var redundancy in (int[])[1, 3, 5])
        {
            var plan = planner.ForRedundancy(redundancy, tasks: 800, price: .02, seed: 1);
            var resampled = Enumerable.Range(1, 4).Average(seed => crowd.Accuracy(StoppingReplay.Fixed(crowd.Answers(), redundancy, seed).Labels));
            Assert.True(Math.Abs(plan.Accuracy - resampled) < .03, $"{redundancy}: planned {plan.Accuracy}, resampled {resampled}");
            Assert.InRange(resampled, plan.Low - .01, plan.High + .01);
            Assert.Equal(redundancy * 800 * .02, plan.Cost, 9);
        }

        var rule = new StoppingRule(2, 7, .95);
        var dynamic = planner.ForThreshold(rule, 800, .02, seed: 1);
        var replayed = StoppingReplay.Run(crowd.Answers(), rule, seed: 1);
        Assert.True(Math.Abs(dynamic.Answers - (replayed.Total / 800.0)) < .6, $"{dynamic.Answers} and {replayed.Total / 800.0}");
        Assert.Equal(3, planner.ForBudget(50, 800, .02).Answers, 9);
        Assert.Equal(3, planner.Curve([1, 2, 3], 800, .02).Length);
    }
}
